package io.araldo.examples.benchmark;

import java.util.Arrays;

/** What all subscribers together have received. The load's thread's. */
final class Tally {
    private final int subscribers;

    /** How many have each message that not all have, by the end of its number. */
    private final int[] having;

    private final Latencies latencies = new Latencies();

    /** When the last read ended; what came with it came then. */
    private long now;

    private long deliveries;
    private long completed;

    /** @param window how many messages there may be at most that not all have */
    Tally(int subscribers, int window) {
        this.subscribers = subscribers;
        this.having = new int[Integer.highestOneBit(2 * window)];
    }

    void read(long nanos) {
        now = nanos;
    }

    /** One subscriber has received this one; it has all before. */
    void delivered(long number, long nanos) {
        latencies.add(now - nanos);
        deliveries++;
        int slot = (int) number & (having.length - 1);
        if (++having[slot] == subscribers) {
            having[slot] = 0;
            completed = number + 1;
        }
    }

    /** Counts and times from here; all messages before this number are complete. */
    void begin(long number) {
        Arrays.fill(having, 0);
        completed = number;
        deliveries = 0;
        latencies.clear();
    }

    /** How many messages all have. */
    long completed() {
        return completed;
    }

    long deliveries() {
        return deliveries;
    }

    Latencies latencies() {
        return latencies;
    }
}
