package io.araldo.websocket;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What was read, in pieces. Grizzly reads into a buffer of its thread's, which is as large as the largest message that the
 * thread has written, and not as large as the option for it says; Tyrus ends a session whose buffer would have to hold a
 * message and more than a reserve.
 */
final class Pieces {
    /** Less than the reserve. */
    static final int BYTES = 1 << 16;

    private Pieces() {}

    /** Hands all of it on; each piece is the consumer's until it returns. */
    static void each(ByteBuffer data, Consumer<ByteBuffer> to) {
        int limit = data.limit();
        for (int from = data.position(); from < limit; from += BYTES) {
            to.accept(data.slice(from, Math.min(BYTES, limit - from)));
        }
        data.position(limit);
    }
}
