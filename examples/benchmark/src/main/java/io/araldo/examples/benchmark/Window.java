package io.araldo.examples.benchmark;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Counts what arrives, and keeps no more than {@link #SIZE} messages on their way, so that nobody drops any. The same
 * for all systems, and cheap: the producer waits at most once for each {@link #STEP} messages.
 */
final class Window {
    /** Most messages on their way. */
    static final int SIZE = 2_048;

    /** How many the producer sends before it looks again. */
    static final int STEP = 1_024;

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final Target[] targets;

    /** All below: of the one thread that sends. */
    private long sent;

    private volatile Thread producer = Thread.currentThread();

    Window(int targets) {
        this.targets = IntStream.range(0, targets).mapToObj(i -> new Target()).toArray(Target[]::new);
    }

    /** Where messages arrive: one thread at a time, of the system under test. */
    final class Target {
        /** Written by one thread at a time: it needs no atomic increment. */
        private final AtomicLong arrived = new AtomicLong();

        private volatile boolean sawProducer;

        void arrived() {
            long count = arrived.get() + 1;
            arrived.lazySet(count);
            if (count % STEP == 0) {
                Thread waiting = producer;
                sawProducer |= Thread.currentThread() == waiting;
                LockSupport.unpark(waiting);
            }
        }
    }

    Target target(int index) {
        return targets[index];
    }

    /** Sends so many, a multiple of {@link #STEP}, and returns when all have arrived at all targets. */
    void run(int count, Runnable send) {
        producer = Thread.currentThread();
        for (int step = 0; step < count / STEP; step++) {
            await(sent + STEP - SIZE);
            for (int i = 0; i < STEP; i++) {
                send.run();
            }
            sent += STEP;
        }
        await(sent);
    }

    private void await(long count) {
        long start = System.nanoTime();
        while (leastArrived() < count) {
            LockSupport.parkNanos(this, PATIENCE_NANOS / 20);
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException(
                        leastArrived() + " messages arrived (expected: " + count + " of " + sent + " that were sent)");
            }
        }
    }

    private long leastArrived() {
        long least = Long.MAX_VALUE;
        for (Target target : targets) {
            least = Math.min(least, target.arrived.get());
        }
        return least;
    }

    /** Fails if messages were lost, came twice, or came on another thread than they should have. */
    void check(boolean isQueued) {
        for (Target target : targets) {
            if (target.arrived.get() != sent) {
                throw new IllegalStateException(target.arrived + " messages arrived (expected: " + sent + ")");
            }
            if (target.sawProducer == isQueued) {
                throw new IllegalStateException("messages arrived on the thread that sent them: " + target.sawProducer
                        + " (expected: " + !isQueued + ")");
            }
        }
    }
}
