package theirs;

import io.araldo.Endpoint;
import io.araldo.MockEndpoint;
import io.araldo.config.EndpointProvider;
import io.araldo.config.ProviderContext;
import io.araldo.config.Setting;

/** A plugin of somebody else; the test puts it into a jar of its own. */
public final class TheirProvider implements EndpointProvider<TheirProvider.Settings> {
    /** What a file may say of it. */
    public record Settings(@Setting("What it looks like.") String colour) {}

    @Override
    public String id() {
        return "endpoint-theirs";
    }

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Endpoint create(String name, Settings settings, ProviderContext context) {
        return MockEndpoint.create(name);
    }
}
