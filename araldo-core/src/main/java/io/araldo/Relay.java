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

    /** What it runs at the moment: what it was started with, and what was added and removed since. */
    RelayPlan plan();

    /**
     * Adds a route while the relay runs: all or nothing. Endpoints that no route named so far are opened first; one that
     * so far was only read, or only written to, may be reopened for it, which is told as a loss and a gap. Blocks until
     * the route has begun. Changes are made one at a time.
     *
     * @throws PlanException if the route does not go with the others; nothing was changed
     * @throws EndpointException if an endpoint could not be opened; nothing was changed, but that one which had to be
     *     reopened for the route is lost and opened again as it was
     * @throws AraldoException if the relay is closed
     */
    void add(Route route);

    /**
     * Removes a route while the relay runs. It takes in nothing more from now on; what it has taken goes its way to the end
     * (a paused route is resumed), for as long as the route's time limit and then some seconds; endpoints that no other
     * route names are closed after that. Blocks until all is done; on a thread of a relay (in a handler) it only begins.
     *
     * @return what became of the route's messages: the ledger knows it no more. On a thread of a relay: so far
     * @throws IllegalArgumentException if there is no such route, or it is being removed already
     */
    Ledger.RouteCount remove(String route);

    /**
     * Lets a route take in messages but not move them, until it is resumed; what its queue does when it is full is as its
     * {@link Overflow} says. What is on its way (a few messages, a batch where there is no user code, and what is
     * unanswered) goes on. Again, and for a route that is being removed: nothing happens.
     *
     * @throws IllegalArgumentException if there is no such route
     */
    void pause(String route);

    /**
     * Lets a paused route go on; for one that is not paused nothing happens.
     *
     * @throws IllegalArgumentException if there is no such route
     */
    void resume(String route);

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
     * Ends the relay in order: sources take in no more (one that can wait is held back, what others receive and what the
     * application sends is dropped as {@link DropReason#CLOSED}), routes move what they have until nothing waits and
     * everything is answered, and then the relay is closed. Replies of the application's handlers are still taken, as is
     * all that is sent on threads of a relay (in a handler, in what depends on an outcome): an application that answers
     * each outcome with another message keeps the relay from running dry. A handler that has another thread reply is too
     * late. Blocks for the limit at most, and then for as long as the {@linkplain #close() close}. A paused route stays
     * paused: what it holds is left.
     *
     * @param limit how long messages may take
     * @return what was left undone, which is in the {@link #ledger()}, too
     * @throws AraldoException on a thread of a relay (in a handler), for which the routes would have to wait
     */
    DrainReport drain(Duration limit);

    /**
     * Ends the relay at once: sources take in nothing more, what waits in a route is dropped
     * ({@link DropReason#CLOSED}) and counted, links say good-bye and close, threads end. Blocks until that is done (a
     * few seconds at most: a handler that does not return is interrupted). On a thread of a relay (in a handler of this
     * one or of another) it only begins all that and returns. Closing again waits for the same end.
     */
    @Override
    void close();
}
