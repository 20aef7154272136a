package io.araldo.micrometer;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;

/** A registry's clock that moves when the test says so. */
final class SteppedClock implements Clock {
    private volatile long nanos;

    @SuppressWarnings("NonAtomicVolatileUpdate") // one test thread
    void step(Duration by) {
        nanos += by.toNanos();
    }

    @Override
    public long wallTime() {
        return nanos / 1_000_000;
    }

    @Override
    public long monotonicTime() {
        return nanos;
    }
}
