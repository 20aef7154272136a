package io.araldo.config;

import io.araldo.Endpoint;

/**
 * Makes endpoints of one kind from a configuration file. Found by {@link java.util.ServiceLoader}: on the class path by a
 * line in {@code META-INF/services/io.araldo.config.EndpointProvider}, on the module path by
 * {@code provides io.araldo.config.EndpointProvider with …}; a library ships both. The class is public and has a public
 * constructor without parameters.
 *
 * <p>A file is read by one thread, which calls all methods; none may block or open anything.
 *
 * @param <S> what a file may say of such an endpoint: a record, each of whose components has a {@link Setting}
 */
public interface EndpointProvider<S extends Record> {
    /** The id by which files name this kind, such as {@code endpoint-redis}: unique among all that are installed. */
    String id();

    /**
     * The record of the settings. It is made by reflection: on the module path it must be public in an exported package,
     * or its package opened to {@code io.araldo}.
     */
    Class<S> settings();

    /**
     * Describes an endpoint. It is called also when the file has mistakes elsewhere, and what it returns is dropped then.
     *
     * @param name of the endpoint; the one returned must have it
     * @param settings as the file says, checked against their {@link Setting}s
     * @throws IllegalArgumentException if the settings do not go together; each line of the message is a mistake of the
     *     file, {@code what was found (expected: what to write)}. A line that begins with the name of a component, or its
     *     key, and a colon is reported at that setting. Secrets do not belong in it
     */
    Endpoint create(String name, S settings, ProviderContext context);

    /** Which ways messages can go through such an endpoint; routes are checked against it. Both, unless overridden. */
    default Direction direction(S settings) {
        return Direction.BOTH;
    }
}
