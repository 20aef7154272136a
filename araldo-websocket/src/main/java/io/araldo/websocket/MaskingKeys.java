package io.araldo.websocket;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Keys that nobody can foresee (RFC 6455 section 10.3), drawn a thousand at a time, since a single draw costs as much as
 * a message. Any thread.
 */
final class MaskingKeys {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Guarded by this. */
    private final ByteBuffer keys = ByteBuffer.allocate(4_096);

    MaskingKeys() {
        keys.position(keys.limit());
    }

    synchronized int next() {
        if (!keys.hasRemaining()) {
            RANDOM.nextBytes(keys.array());
            keys.rewind();
        }
        return keys.getInt();
    }
}
