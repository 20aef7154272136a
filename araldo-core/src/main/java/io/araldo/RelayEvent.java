package io.araldo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a relay, for those who watch it. Events are values. They reach the relay's consumer one at a time, in
 * the order in which they were raised, on a thread of their own; a consumer that is too slow for 1,024 waiting events
 * loses the newest, and the log says how many.
 */
public sealed interface RelayEvent {
    /** A relay has started: all its endpoints are open, but for optional ones. */
    record RelayStarted(String relay) implements RelayEvent {}

    /** A relay was closed: nothing of it is left. */
    record RelayClosed(String relay) implements RelayEvent {}

    /** A route was added to a running relay, and has begun. */
    record RouteAdded(String route) implements RelayEvent {}

    /** A route was removed from a running relay: all that it took is finished. */
    record RouteRemoved(String route) implements RelayEvent {}

    /** The link of an endpoint opened for the first time. */
    record LinkOpened(String endpoint) implements RelayEvent {}

    /** The link of an endpoint was lost; the relay opens another as soon as it can. */
    record LinkLost(String endpoint, EndpointException cause) implements RelayEvent {}

    /** A lost link was replaced by a new one. */
    record LinkRestored(String endpoint) implements RelayEvent {}

    /** Follows {@link LinkRestored}: for so long the endpoint was not there, and what others sent then is missing. */
    record Gap(String endpoint, Duration length) implements RelayEvent {}

    /** An attempt to open an endpoint failed; the next one follows after the delay. */
    record OpenFailed(String endpoint, int attempt, Duration retryIn, Throwable cause) implements RelayEvent {}

    /**
     * A client has connected.
     *
     * @param endpoint the endpoint it connected to
     * @param session its id
     * @param principal who it is, where the endpoint authenticated it
     * @param remote its address and port
     */
    record SessionOpened(
            String endpoint, String session, @Nullable String principal, String remote) implements RelayEvent {}

    /**
     * A client is gone.
     *
     * @param endpoint the endpoint it was connected to
     * @param session its id
     * @param code the close code (RFC 6455 section 7.4); 1006 if the connection ended without one
     * @param reason the reason given with it
     */
    record SessionClosed(String endpoint, String session, int code, String reason) implements RelayEvent {}

    /**
     * Messages were dropped. Raised for the first, then at most once a second for each place and reason.
     *
     * @param route the route, or the endpoint where no route is concerned
     * @param reason why
     * @param count how many since the last such event
     */
    record MessagesDropped(String route, DropReason reason, long count) implements RelayEvent {}

    /**
     * Messages failed. Raised for the first, then at most once a second for each place and kind of error.
     *
     * @param route the route, or the endpoint where no route is concerned (what cannot be decoded)
     * @param cause the last error
     * @param count how many since the last such event
     */
    record MessagesFailed(String route, Throwable cause, long count) implements RelayEvent {}
}
