package io.araldo;

import java.time.Instant;

/**
 * How an endpoint is doing: a value.
 *
 * @param status up, degraded or down
 * @param since since when
 * @param why in words; the empty string when there is nothing to say
 */
public record Health(Status status, Instant since, String why) {
    /** The three states. */
    public enum Status {
        /** Works. */
        UP,
        /** Works, but not as it should; see {@link Health#why}. */
        DEGRADED,
        /** Does not work: not open, lost, or closed. */
        DOWN
    }

    /** Up since then. */
    public static Health up(Instant since) {
        return new Health(Status.UP, since, "");
    }

    /** Down since then. */
    public static Health down(Instant since, String why) {
        return new Health(Status.DOWN, since, why);
    }
}
