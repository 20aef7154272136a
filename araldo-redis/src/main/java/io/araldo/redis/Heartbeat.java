package io.araldo.redis;

import io.araldo.Strain;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a connection is dead though nobody has closed it (a half-open connection), which the kernel notices
 * after minutes, or never: asks for an answer once per period, and calls it dead after two periods of silence. Anything
 * that comes counts as an answer, as a reply may be queued behind much else. After one such period it is a strain. Runs on
 * the timer of the relay.
 */
final class Heartbeat {
    private static final int MISSES = 2;

    private final Supplier<? extends CompletionStage<?>> ping;
    private final LongSupplier progress;
    private final Strain silence;
    private final Runnable dead;

    /** All below: owned by the thread of the timer, one run after the other. */
    private @Nullable CompletionStage<?> asked;

    private long seen;
    private int misses;

    private volatile @Nullable Future<?> runs;

    /**
     * A heartbeat.
     *
     * @param ping asks; its stage completes with the answer, or fails
     * @param progress a number that changes when anything comes
     * @param silence holds while an answer is due
     * @param dead called once
     */
    Heartbeat(Supplier<? extends CompletionStage<?>> ping, LongSupplier progress, Strain silence, Runnable dead) {
        this.ping = ping;
        this.progress = progress;
        this.silence = silence;
        this.dead = dead;
    }

    void start(ScheduledExecutorService timer, Duration period) {
        try {
            runs = timer.scheduleWithFixedDelay(this::beat, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The relay is closing, and the link with it.
        }
    }

    void stop() {
        Future<?> running = runs;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** One period has passed. */
    void beat() {
        long now = progress.getAsLong();
        boolean isAlive = asked == null || asked.toCompletableFuture().isDone() || now != seen;
        seen = now;
        misses = isAlive ? 0 : misses + 1;
        if (isAlive) {
            silence.ends();
        } else {
            silence.begins();
        }
        if (misses == MISSES) {
            stop();
            dead.run();
        } else if (asked == null || asked.toCompletableFuture().isDone()) {
            asked = ping.get();
        }
    }
}
