package io.araldo.config;

import io.araldo.AraldoException;
import io.araldo.Endpoint;
import io.araldo.Marshaller;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the loader needs of a provider, of either kind.
 *
 * @param <T> what it makes
 * @param <S> its settings
 * @param direction which ways messages can go; of no meaning for marshallers
 */
record Plugin<T, S extends Record>(
        String id, Settings<S> settings, Maker<T, S> maker, Function<S, Direction> direction) {
    /** Makes one of it. */
    @FunctionalInterface
    interface Maker<T, S> {
        T create(String name, S settings, ProviderContext context);
    }

    /** @throws AraldoException if the provider is defective */
    static <S extends Record> Plugin<Endpoint, S> of(EndpointProvider<S> provider) {
        return new Plugin<>(
                id(provider, provider.id()),
                settings(provider, provider.settings()),
                (name, settings, context) -> named(name, provider.create(name, settings, context)),
                provider::direction);
    }

    /** @throws AraldoException if the provider is defective */
    static <S extends Record> Plugin<Marshaller, S> of(MarshallerProvider<S> provider) {
        return new Plugin<>(
                id(provider, provider.id()),
                settings(provider, provider.settings()),
                provider::create,
                settings -> Direction.BOTH);
    }

    private static Endpoint named(String name, Endpoint endpoint) {
        if (!endpoint.name().equals(name)) {
            throw new IllegalStateException("it made an endpoint named '" + endpoint.name() + "' for '" + name + "'");
        }
        return endpoint;
    }

    /** An instance as the file says; empty if there was a mistake, which is noted. */
    Optional<Draft<T>> draft(String name, Place place, Binder binder) {
        return binder.bind(settings, place)
                .map(values -> new Draft<>(name, place, values, context -> make(name, values, context)));
    }

    private Made<T> make(String name, S settings, ProviderContext context) {
        T value = Objects.requireNonNull(maker.create(name, settings, context), "it made null");
        return new Made<>(value, direction.apply(settings));
    }

    private static String id(Object provider, @Nullable String id) {
        if (id == null || id.isBlank()) {
            throw new AraldoException("the plugin " + provider.getClass().getName()
                    + " has no id (expected: a text by which files name it, such as endpoint-mqtt)");
        }
        return id;
    }

    /** @throws AraldoException if there is no record, or it is defective */
    private static <S extends Record> Settings<S> settings(Object provider, @Nullable Class<S> type) {
        if (type == null) {
            throw new AraldoException("the plugin " + provider.getClass().getName()
                    + " has no settings (expected: the class of a record; one without components will do)");
        }
        Settings<S> settings = Settings.of(type);
        if (settings.keys().contains("name") || settings.keys().contains("id")) {
            throw new AraldoException("settings " + type.getName()
                    + ": a component is called name or id, as every instance has them (expected: another name)");
        }
        return settings;
    }
}
