package theirs;

import io.araldo.Endpoint;
import io.araldo.MockEndpoint;
import io.araldo.config.EndpointProvider;
import io.araldo.config.ProviderContext;
import io.araldo.config.Setting;
import java.util.Optional;

/** A plugin of somebody else, of whose jar a class was left out. */
public final class IncompleteProvider implements EndpointProvider<IncompleteProvider.Settings> {
    /** What the test does not put into the jar. */
    public enum Colour {
        BLUE
    }

    /** What a file may say of it. */
    public record Settings(@Setting("What it looks like.") Optional<Colour> colour) {}

    @Override
    public String id() {
        return "endpoint-incomplete";
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
