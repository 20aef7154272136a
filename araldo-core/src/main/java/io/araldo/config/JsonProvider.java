package io.araldo.config;

import io.araldo.Marshaller;

/** {@link Marshaller#json}. */
final class JsonProvider implements MarshallerProvider<NoSettings> {
    static final String ID = "marshal-json";

    @Override
    public String id() {
        return ID;
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
