package io.araldo;

/** What a route does with a message that it has no room for. */
public enum Overflow {
    /**
     * Takes it, and holds the source back until half of the room is free again. Needs a source that
     * {@linkplain Endpoint#canWait can wait}; what is taken beyond the capacity is at most one read per session.
     *
     * <p>A session that has half of the room for itself, in messages or in bytes, is held back before, until it has less
     * than a quarter; the others go on.
     */
    BLOCK,
    /** Drops the oldest message that still waits, and takes this one; if none waits, drops this one. */
    DROP_OLDEST,
    /** Drops this one. */
    DROP_NEWEST
}
