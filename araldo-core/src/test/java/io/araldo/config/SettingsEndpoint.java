package io.araldo.config;

import io.araldo.Endpoint;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Marshaller;
import io.araldo.MockEndpoint;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A mock that remembers the settings it was made with. */
final class SettingsEndpoint implements Endpoint {
    final AllSettings settings;
    final List<AllSettings> all;
    private final MockEndpoint mock;

    SettingsEndpoint(String name, AllSettings settings, List<AllSettings> all) {
        this.settings = settings;
        this.all = all;
        this.mock = MockEndpoint.create(name, settings.marshaller());
    }

    @Override
    public String name() {
        return mock.name();
    }

    @Override
    public Marshaller marshaller() {
        return mock.marshaller();
    }

    @Override
    public boolean canWait() {
        return mock.canWait();
    }

    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        return mock.open(inbox, context);
    }
}
