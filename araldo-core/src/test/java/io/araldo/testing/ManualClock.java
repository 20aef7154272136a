package io.araldo.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it on. All methods may be called from any thread. */
public final class ManualClock implements InstantSource {
    private final AtomicReference<Instant> now;

    private ManualClock(Instant begin) {
        this.now = new AtomicReference<>(begin);
    }

    /** A clock that shows this. */
    public static ManualClock at(Instant begin) {
        return new ManualClock(begin);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /**
     * Moves it on.
     *
     * @return what it shows now
     * @throws IllegalArgumentException if the step is negative: clocks of relays do not go back
     */
    public Instant advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("step: " + step + " (expected: >= 0)");
        }
        return now.updateAndGet(before -> before.plus(step));
    }

    @Override
    public String toString() {
        return "ManualClock[" + now + "]";
    }
}
