package io.araldo.config;

import io.araldo.Marshaller;

/**
 * Makes marshallers of one kind from a configuration file. Found as an {@link EndpointProvider} is, under its own name.
 *
 * @param <S> what a file may say of such a marshaller: a record, each of whose components has a {@link Setting}
 */
public interface MarshallerProvider<S extends Record> {
    /**
     * The id by which files name this kind, such as {@code marshal-json}: unique among all that are installed. Where no
     * setting is required, endpoints may name the id itself as their marshaller.
     */
    String id();

    /** The record of the settings; see {@link EndpointProvider#settings}. */
    Class<S> settings();

    /**
     * Makes a marshaller; see {@link EndpointProvider#create} for what holds here as well.
     *
     * @param name of the instance, for messages
     */
    Marshaller create(String name, S settings, ProviderContext context);
}
