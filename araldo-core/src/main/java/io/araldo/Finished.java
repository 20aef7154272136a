package io.araldo;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much of what counts in a {@link Capacity} is finished, and whether anybody waits for that. Any thread may finish; the
 * numbers stand in lines of the cache that whoever offers does not write to, and reads only when it seems to have no room.
 */
final class Finished {
    /** Of 64 bytes, and the processor fetches two at a time. */
    private static final int LINE = 16;

    private static final int MESSAGES = LINE;
    private static final int BYTES = LINE + 1;
    private static final int AWAITED = 2 * LINE;

    private final AtomicLongArray numbers = new AtomicLongArray(3 * LINE);

    /** One more. Whoever says that it {@linkplain #await waits}, and reads then, sees it, or is seen after this. */
    void add(int bytes) {
        numbers.getAndAdd(BYTES, bytes);
        numbers.getAndIncrement(MESSAGES);
    }

    long messages() {
        return numbers.get(MESSAGES);
    }

    long bytes() {
        return numbers.get(BYTES);
    }

    void await(boolean isAwaited) {
        numbers.set(AWAITED, isAwaited ? 1 : 0);
    }

    boolean isAwaited() {
        return numbers.get(AWAITED) != 0;
    }
}
