package io.araldo;

import java.time.Duration;
import java.util.Map;

/**
 * How {@link Relay#drain} went.
 *
 * @param took from the call until nothing was left to do, or the limit had passed; the close comes after that
 * @param left how many messages were not finished when the relay was closed then, and how many came after it of a source
 *     that was held back, by route: dropped ({@link DropReason#CLOSED}) where they were waiting or came,
 *     {@link Outcome.Kind#UNKNOWN} where they were sent and not answered, unless the answer came during the close. Each
 *     message of a source counts once, copies that taps took do not count, nor does what a source has refused. Routes
 *     without any are not in it
 */
public record DrainReport(Duration took, Map<String, Long> left) {
    /** Copies the map. */
    public DrainReport {
        left = Map.copyOf(left);
    }

    /** Whether every message was finished. */
    public boolean isComplete() {
        return left.isEmpty();
    }
}
