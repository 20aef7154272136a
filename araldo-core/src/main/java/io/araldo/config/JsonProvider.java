package io.araldo.config;

import io.araldo.Marshaller;

/** {@link Marshaller#json}. */
final class JsonProvider implements MarshallerProvider<NoSettings> {
    @Override
    public String id() {
        return "marshal-json";
    }

    @Override
    public Class<NoSettings> settings() {
        return NoSettings.class;
    }

    @Override
    public Marshaller create(String name, NoSettings settings, ProviderContext context) {
        return Marshaller.json();
    }
}
