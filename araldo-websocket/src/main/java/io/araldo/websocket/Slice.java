package io.araldo.websocket;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A run of a {@link BroadcastLog}, as one write carries it: made once, and shared by all sessions that have come as far.
 * Immutable.
 *
 * @param from the first offset
 * @param to the offset after the last
 * @param messages how many of them it carries: fewer, if it was made for one who sent some of them
 * @param bytes their frames, in their order; not to be read from, but from duplicates
 * @param isForAll whether nobody sent any of them
 */
record Slice(long from, long to, int messages, List<ByteBuffer> bytes, boolean isForAll) {
    int excluded() {
        return (int) (to - from) - messages;
    }
}
