package io.araldo.config;

import io.araldo.Marshaller;

/** {@link Marshaller#raw}. */
final class RawProvider implements MarshallerProvider<NoSettings> {
    @Override
    public String id() {
        return "marshal-raw";
    }

    @Override
    public Class<NoSettings> settings() {
        return NoSettings.class;
    }

    @Override
    public Marshaller create(String name, NoSettings settings, ProviderContext context) {
        return Marshaller.raw();
    }
}
