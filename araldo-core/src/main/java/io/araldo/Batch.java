package io.araldo;

import java.util.function.BooleanSupplier;

/** What a lane takes out of its mailbox at a time, and takes through its course. Of whoever runs the lane. */
final class Batch {
    /** After how many it looks at the clock, and at whether the lane is paused, where there is user code. */
    private static final int HANDFUL = 8;

    private final Mailbox mailbox;
    private final Course course;
    private final LaneTimer timer;
    private final BooleanSupplier isPaused;
    private final Delivery[] deliveries;

    /** When each was taken in; only where messages expire. */
    private final long[] taken;

    /** Whether user code took longer than a run should, the last time. */
    private boolean isSlow = true;

    /** Of so many at most. */
    Batch(Mailbox mailbox, Course course, LaneTimer timer, BooleanSupplier isPaused, int size) {
        this.mailbox = mailbox;
        this.course = course;
        this.timer = timer;
        this.isPaused = isPaused;
        this.deliveries = new Delivery[size];
        this.taken = new long[mailbox.dates() ? size : 0];
    }

    /** Moves so many at most; how many there were. */
    int move(int most, long now) {
        int count = mailbox.drain(deliveries, taken, most);
        for (int i = 0; i < count; i++) {
            process(i, now);
        }
        return count;
    }

    /**
     * As {@link #move}, but looks at the clock now and then, and puts back what it has no time for: it can still be dropped
     * for newer messages, or be paused. Where a handful took long, it takes one the next time.
     */
    int moveUntil(long end, long now) {
        int count = mailbox.drain(deliveries, taken, isSlow ? 1 : deliveries.length);
        long before = now;
        for (int i = 0; i < count; i++) {
            process(i, before);
            int done = i + 1;
            if (done % HANDFUL == 0 || done == count) {
                long after = timer.nanos();
                isSlow = after - before > Lane.SLICE_NANOS;
                before = after;
                if ((isPaused.getAsBoolean() || after - end >= 0) && mailbox.putBack(deliveries, taken, done, count)) {
                    return done;
                }
            }
        }
        return count;
    }

    private void process(int index, long now) {
        Delivery delivery = deliveries[index];
        // At once: a message that is finished has made room for another, and must not be held beside it.
        deliveries[index] = null;
        course.process(delivery, taken.length == 0 ? 0 : taken[index], now);
    }
}
