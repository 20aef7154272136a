package third.party;

import io.araldo.Endpoint;
import io.araldo.MockEndpoint;
import io.araldo.config.EndpointProvider;
import io.araldo.config.ProviderContext;

public final class ThirdProvider implements EndpointProvider<ThirdSettings> {
    @Override
    public String id() {
        return "endpoint-third";
    }

    @Override
    public Class<ThirdSettings> settings() {
        return ThirdSettings.class;
    }

    @Override
    public Endpoint create(String name, ThirdSettings settings, ProviderContext context) {
        System.out.println("made " + name + " with label " + settings.label());
        return MockEndpoint.create(name);
    }
}
