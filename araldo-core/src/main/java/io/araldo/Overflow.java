package io.araldo;

/** What a route does with a message that it has no room for. */
public enum Overflow {
    /**
     * Takes it, and holds the source back until half of the room is free again. Needs a source that
     * {@linkplain Endpoint#canWait can wait}; what is taken beyond the capacity is at most one read per session, or one
     * piece of it.
     *
     * <p>A session that has as much of the room for itself as is free, in messages or in bytes, is held back before, until
     * it has less than a third of that; the others go on. One that floods the route so has half of it, each of nine a tenth.
     */
    BLOCK,
    /** Drops the oldest message that still waits, and takes this one; if none waits, drops this one. */
    DROP_OLDEST,
    /** Drops this one. */
    DROP_NEWEST
}
