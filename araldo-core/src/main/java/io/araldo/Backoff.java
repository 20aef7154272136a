package io.araldo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: a random time (full jitter) below a ceiling that doubles with each attempt,
 * so that many relays that lost one broker do not return to it at the same moment.
 *
 * @param first the ceiling before the first attempt
 * @param cap what the ceiling grows to
 */
public record Backoff(Duration first, Duration cap) {
    private static final Backoff STANDARD = fullJitter(Duration.ofMillis(100), Duration.ofSeconds(1));

    /** Checks that both are positive and {@code cap} is not the shorter one. */
    public Backoff {
        Checks.positive("first", first);
        Checks.positive("cap", cap);
        if (cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("cap: " + cap + " (expected: not shorter than first, " + first + ")");
        }
    }

    /** With these two bounds. */
    public static Backoff fullJitter(Duration first, Duration cap) {
        return new Backoff(first, cap);
    }

    /** What links are reopened with unless told otherwise: 100 ms, growing to 1 s. */
    public static Backoff standard() {
        return STANDARD;
    }

    /**
     * The wait before an attempt; random, a new one with each call.
     *
     * @param attempt counts from 1
     */
    public Duration delay(int attempt) {
        Checks.positive("attempt", attempt);
        long ceiling = first.toNanos();
        for (int i = 1; i < attempt && ceiling < cap.toNanos(); i++) {
            ceiling *= 2;
        }
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(Math.min(ceiling, cap.toNanos()) + 1));
    }
}
