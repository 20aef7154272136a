package io.araldo.examples.benchmark;

import java.util.Arrays;

/** Counts how often each latency occurred, to within one per cent. Used by one thread, to which it costs no object. */
final class Latencies {
    /** Steps between a power of two and the next. */
    private static final int STEPS = 128;

    private final long[] counts = new long[58 * STEPS];
    private long total;

    void add(long nanos) {
        long value = Math.max(0, nanos);
        int shift = Math.max(0, 56 - Long.numberOfLeadingZeros(value));
        counts[shift * STEPS + (int) (value >>> shift)]++;
        total++;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /**
     * The latency that this part of all do not exceed, in nanoseconds.
     *
     * @param quantile from 0 to 1
     */
    long quantile(double quantile) {
        long left = Math.max(1, (long) Math.ceil(quantile * total));
        int i = -1;
        while (left > 0 && i < counts.length - 1) {
            left -= counts[++i];
        }
        int shift = Math.max(0, i / STEPS - 1);
        return (long) (i - shift * STEPS) << shift;
    }
}
