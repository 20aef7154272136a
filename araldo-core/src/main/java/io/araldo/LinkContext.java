package io.araldo;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What links of one relay share, and what the relay wants of this one. Valid until the link is closed or lost; all
 * methods may be called from any thread, and none blocks but {@link #shared}.
 */
public interface LinkContext {
    /** The name of the relay. */
    String relay();

    /** Whether a route reads from this endpoint: if not, there is no need to subscribe. */
    boolean receives();

    /** Whether a route writes to this endpoint. */
    boolean sends();

    /** The origin of what this link receives, for a session and a principal, where it has them. */
    Origin origin(@Nullable String session, @Nullable String principal);

    /** For work that may take a while but does not wait: the executor on which the lanes run. */
    Executor executor();

    /** For deadlines and sweeps. One thread for the whole relay: hand anything longer to {@link #executor}. */
    ScheduledExecutorService timer();

    /** The relay's clock. */
    InstantSource clock();

    /** Raises an event of this link; it reaches the relay's consumer of events later, on another thread. */
    void raise(RelayEvent event);

    /**
     * A resource that links of this relay share (a client's threads, say), opened by the first that asks for the key
     * and closed when the last lease is closed. May block while it opens.
     *
     * @param key equal keys share; a private static object of the endpoint's class will do
     * @param opener makes the resource
     * @param closer releases it; called once, on the thread that closes the last lease
     */
    <T> Lease<T> shared(Object key, Supplier<T> opener, Consumer<T> closer);

    /** A share in a resource. */
    interface Lease<T> extends AutoCloseable {
        /** The resource; not to be used after {@link #close}. */
        T get();

        /** Gives the share back; closing again does nothing. */
        @Override
        void close();
    }
}
