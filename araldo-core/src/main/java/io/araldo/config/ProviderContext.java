package io.araldo.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What a provider may know of the file beside the settings of one instance. Valid while the file is read; for the thread
 * that reads it.
 */
public interface ProviderContext {
    /** {@code server-port} in the section {@code global}, where the file has it. */
    OptionalInt serverPort();

    /**
     * The settings of all instances of one kind, in the order of the file; those with mistakes are missing.
     *
     * @param settings the record of that kind
     */
    <S extends Record> List<S> instances(Class<S> settings);

    /**
     * A value that instances of one file share, such as a server with many paths.
     *
     * @param key equal keys share; a class of the provider's will do
     * @param maker makes it when the key is first asked for
     */
    <T> T shared(Object key, Supplier<T> maker);
}
