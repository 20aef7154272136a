package io.araldo;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A running relay: it has opened the endpoints of its routes and moves their messages until it is closed. All methods
 * may be called from any thread.
 *
 * <p>Its threads are daemons: a {@code main} that has nothing else to do calls {@link #awaitTermination()}.
 */
public interface Relay extends AutoCloseable {
    /** Begins a relay with options; ends with {@link RelayBuilder#plan()} or {@link RelayBuilder#start()}. */
    static RelayBuilder builder() {
        return new RelayBuilder();
    }

    /** Starts a relay of these routes, all else as by default; see {@link RelayBuilder#start()}. */
    static Relay start(Route... routes) {
        return builder().route(routes).start();
    }

    /** The name, unique among relays that share a broker. */
    String name();

    /** What it runs. */
    RelayPlan plan();

    /**
     * Where an endpoint listens or is connected to, such as {@code ws://127.0.0.1:54321/chat}; without secrets.
     *
     * @throws IllegalArgumentException if no route of this relay names the endpoint
     * @throws EndpointException if it is not open at the moment
     */
    URI address(Endpoint endpoint);

    /** How each endpoint is doing, by name. */
    Map<String, Health> health();

    /** What became of every message so far: a snapshot, exact when nothing moves; also after the close. */
    Ledger ledger();

    /** Waits until the relay is closed, by whomever. */
    void awaitTermination() throws InterruptedException;

    /** Waits, at most for so long, until the relay is closed; {@code false} if it is not. */
    boolean awaitTermination(Duration timeout) throws InterruptedException;

    /**
     * Ends the relay at once: sources take in nothing more, what waits in a route is dropped
     * ({@link DropReason#CLOSED}) and counted, links say good-bye and close, threads end. Blocks until that is done (a
     * few seconds at most: a handler that does not return is interrupted). On a thread of a relay (in a handler of this
     * one or of another) it only begins all that and returns. Closing again waits for the same end.
     */
    @Override
    void close();
}
