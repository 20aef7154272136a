package io.araldo.websocket;

import io.araldo.DropReason;
import java.util.Map;

/**
 * What became of the messages for one session: a snapshot, of which this holds at any moment:
 *
 * <p>offered = written + excluded + skipped + pending
 *
 * @param offered how many were sent, since it joined, to its path or to it alone
 * @param written how many were handed to the operating system
 * @param excluded how many it sent itself
 * @param skipped how many it did not get, by reason
 * @param pending how many wait, or are being written
 */
public record SessionCount(long offered, long written, long excluded, Map<DropReason, Long> skipped, long pending) {
    /** Copies the map. */
    public SessionCount {
        skipped = Map.copyOf(skipped);
    }

    /**
     * Checks the equation.
     *
     * @throws AssertionError if it does not hold, or a term is negative
     */
    public void assertConserved() {
        long all = skipped.values().stream().mapToLong(Long::longValue).sum();
        if (offered != written + excluded + all + pending || Math.min(Math.min(written, excluded), pending) < 0) {
            throw new AssertionError("accounted for " + (written + excluded + all + pending) + ": " + this);
        }
    }
}
