package io.araldo;

import java.time.Instant;
import java.time.InstantSource;

/**
 * One thing that can be wrong with a link that works: for the {@link Health} that it tells ({@link Health#of}). Signs of
 * it may come with each message; it is one thing all the same, which began with the first sign and is over when there was
 * none for five seconds. So what is asked every second does not flap.
 *
 * <p>All methods may be called from any thread. Showing costs a look at the clock, and a lock once in a millisecond.
 */
public final class Strain {
    private static final long CALM_MILLIS = 5_000;

    /** From the first sign to when it is over, unless there are more; in milliseconds of the clock. */
    private record Span(long since, long until) {}

    private final InstantSource clock;
    private final String why;

    /** Written under the lock, which is this. */
    private volatile Span span = new Span(0, 0);

    private Strain(InstantSource clock, String why) {
        this.clock = clock;
        this.why = why;
    }

    /**
     * One that has not shown.
     *
     * @param clock the relay's: {@link LinkContext#clock}
     * @param why what is wrong then, in words, the same each time; shown to operators
     */
    public static Strain of(InstantSource clock, String why) {
        return new Strain(Checks.notNull("clock", clock), Checks.notBlank("why", why));
    }

    /** There is a sign of it: it holds, and will for five seconds more. */
    public void shows() {
        long now = clock.millis();
        holdsUntil(now, now + CALM_MILLIS);
    }

    /** It holds, and will until it {@link #ends}. Again: nothing changes. */
    public void begins() {
        holdsUntil(clock.millis(), Long.MAX_VALUE);
    }

    /** It is over. Again: nothing changes. */
    public void ends() {
        long now = clock.millis();
        if (span.until > now) {
            synchronized (this) {
                span = new Span(span.since, Math.min(span.until, now));
            }
        }
    }

    private void holdsUntil(long now, long until) {
        if (span.until != until) {
            synchronized (this) {
                span = new Span(span.until > now ? span.since : now, Math.max(span.until, until));
            }
        }
    }

    /** Degraded while it holds; else up, since it was over. */
    Health health() {
        Span known = span;
        return known.until > clock.millis()
                ? Health.degraded(Instant.ofEpochMilli(known.since), why)
                : Health.up(Instant.ofEpochMilli(known.until));
    }

    /** For people. */
    @Override
    public String toString() {
        return "Strain[" + why + "]";
    }
}
