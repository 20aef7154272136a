package io.araldo.config;

import io.araldo.Endpoint;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Marshaller;
import io.araldo.MockEndpoint;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A mock that remembers the settings it was made with; as an echo, it stands for a channel that its path names. */
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
    public Set<String> writes() {
        return settings.behaviour() == AllSettings.Behaviour.ECHO ? Set.of("test:" + settings.path()) : Set.of();
    }

    @Override
    public boolean reads(String resource) {
        return writes().contains(resource);
    }

    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        return mock.open(inbox, context);
    }
}
