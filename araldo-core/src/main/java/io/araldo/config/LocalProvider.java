package io.araldo.config;

import io.araldo.Endpoint;
import io.araldo.LocalEndpoint;

/** Makes the application's own endpoints; see {@link RelayConfig#endpoint}. */
final class LocalProvider implements EndpointProvider<NoSettings> {
    @Override
    public String id() {
        return "endpoint-local";
    }

    @Override
    public Class<NoSettings> settings() {
        return NoSettings.class;
    }

    @Override
    public Endpoint create(String name, NoSettings settings, ProviderContext context) {
        return LocalEndpoint.create(name);
    }
}
