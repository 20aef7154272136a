package io.araldo.websocket;

import io.araldo.DropReason;

/**
 * A message in the hands of a {@link Backlog}, which says once what became of it: from any thread, and without a lock.
 */
interface Outgoing {
    /** All of it was handed to the operating system. */
    void written();

    /** Not a byte of it was written, and none will be. */
    void lost(DropReason reason);

    /** The connection ended while it was being written: all of it may have arrived, or nothing. */
    void interrupted();
}
