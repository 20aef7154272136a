package io.araldo.websocket;

import io.araldo.DropReason;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits to be written to one peer, in its order. Called by the peer's {@link SessionWriter}. */
interface Backlog {
    /** A part of it that goes out in one write, and is told, once and without a lock, what became of it. */
    interface Load {
        void addTo(List<ByteBuffer> buffers);

        /**
         * All of it was handed to the operating system.
         *
         * @return {@code false} if nothing waited behind it by then, so that the next part need not be asked for
         */
        boolean written();

        /** The connection ended while it was being written: all of it may have arrived, or nothing. */
        void interrupted();
    }

    /** Takes the next part, as much as one write should carry; {@code null} if nothing waits. */
    @Nullable
    Load next();

    /** Takes nothing in from here on; what waits goes on waiting. */
    void seal();

    /** Takes nothing in from here on, and gives up what waits. Called without a lock; a second time it does nothing. */
    void giveUp(DropReason reason);
}
