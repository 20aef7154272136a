package io.araldo.examples.benchmark;

import java.util.List;

/**
 * What one run showed of those that keep up, and of the server.
 *
 * @param kind of those that do not
 * @param p50Millis how long a message took
 * @param p99Millis the same, of the slowest hundredth
 * @param peakMegabytes the server's memory, of a million bytes each; NaN where this is not Linux
 * @param skipped how many messages its sessions have skipped, those that were ended included
 * @param endedAfterSeconds when those that never read had been ended
 */
record SlowSessionsSample(
        SlowSessions.Kind kind,
        double p50Millis,
        double p99Millis,
        double peakMegabytes,
        long skipped,
        List<Double> endedAfterSeconds) {}
