package io.araldo;

/** Why a message was dropped; counted apart in the {@link Ledger}. */
public enum DropReason {
    /**
     * There was no room. At a route: it was full, and its {@link Overflow} gave this message up. At a target: its link
     * holds as much unwritten as it may (to Redis, to a server, to the clients of a path). At a {@link LocalEndpoint}: its
     * sender is one that must not wait.
     */
    OVERFLOW,
    /** The message waited in the route for longer than that allows; see {@link RouteBuilder#expireAfter}. */
    EXPIRED,
    /** The target's link is not open. */
    NOT_WRITABLE,
    /** The message is addressed, and the target has no session (any more) that is found by the address. */
    NO_SUCH_SESSION,
    /** Larger than the target takes. */
    TOO_LARGE,
    /** The session it was for fell behind by more than its limit. */
    SLOW_SESSION,
    /** The message would be written to a resource that it was read from. */
    LOOP,
    /** The message came through more sources than the limit allows. */
    HOPS,
    /** The relay, or the route, was closed before the message's turn came. */
    CLOSED
}
