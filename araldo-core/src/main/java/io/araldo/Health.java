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

    /** Works, but not as it should, since then. */
    public static Health degraded(Instant since, String why) {
        return new Health(Status.DEGRADED, since, why);
    }

    /**
     * Of a link that works: degraded while any of the strains holds, since the first of those that do and with what all
     * of them say; else up since it was opened, or since the last of them was over.
     */
    public static Health of(Instant opened, Strain... strains) {
        Health whole = up(opened);
        for (Strain strain : strains) {
            whole = whole.and(strain.health());
        }
        return whole;
    }

    /** The worse of two, of which none is down; of two alike the later of those that are up, the earlier otherwise. */
    private Health and(Health other) {
        if (status != other.status) {
            return status == Status.UP ? other : this;
        }
        boolean isEarlier = since.isBefore(other.since);
        return status == Status.UP
                ? (isEarlier ? other : this)
                : degraded(isEarlier ? since : other.since, why + "; " + other.why);
    }

    /** Down since then. */
    public static Health down(Instant since, String why) {
        return new Health(Status.DOWN, since, why);
    }
}
