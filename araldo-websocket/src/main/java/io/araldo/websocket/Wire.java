package io.araldo.websocket;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one session, as far as {@link SessionWriter} needs it: the seam behind which the transport is. No
 * method blocks; all may be called from any thread.
 */
interface Wire {
    /**
     * Writes, all in one. The next write is not begun before this one is done.
     *
     * @param buffers belong to the wire from here on
     * @param done called once, with {@code null} when all is handed to the operating system, or with what went wrong;
     *     on any thread, and perhaps before this method returns
     */
    void write(List<ByteBuffer> buffers, Consumer<@Nullable Throwable> done);

    /**
     * How many bytes of the present write the operating system has not taken yet: while it changes, the peer reads. A wire
     * that cannot tell says always the same. Never negative.
     */
    long unwritten();

    /**
     * Tries to write more of it at once: a system may take some long before it says that it has room. Any number of times;
     * a wire that cannot does nothing.
     */
    void retry();

    /** Ends the connection when what is being written is written. */
    void close();

    /** Ends the connection at once and frees what was to be written. */
    void terminate();
}
