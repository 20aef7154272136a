package io.araldo;

import java.time.Duration;
import java.util.Arrays;

/** Lets so many messages through within any span of time: each one no sooner than the span after its predecessor. */
final class RateLimit implements Step.Gate {
    private final long perNanos;
    private final LaneTimer timer;

    /** From when on each permit may be used, a ring; the lane's, as is the index. */
    private final long[] usableFrom;

    private int next;

    RateLimit(int permits, Duration per, LaneTimer timer) {
        this.perNanos = per.toNanos();
        this.timer = timer;
        this.usableFrom = new long[permits];
        Arrays.fill(usableFrom, timer.nanos());
    }

    @Override
    public long nanosToWait() {
        long now = timer.nanos();
        long wait = usableFrom[next] - now;
        if (wait > 0) {
            return wait;
        }
        usableFrom[next] = now + perNanos;
        next = (next + 1) % usableFrom.length;
        return 0;
    }
}
