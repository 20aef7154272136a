package io.araldo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock and a timer that stand still until a test moves them on. */
final class ManualTime implements LaneTimer, InstantSource {
    private record Task(long due, long number, Runnable action) {}

    /** Guarded by this, as are the others. */
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));

    private long nanos;
    private long number;

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public synchronized void after(long wait, Runnable task) {
        tasks.add(new Task(nanos + wait, number++, task));
    }

    synchronized int waiting() {
        return tasks.size();
    }

    /** Moves on, and runs what is due then, on the thread of the test. */
    void advance(Duration by) {
        synchronized (this) {
            nanos += by.toNanos();
        }
        for (Task task = due(); task != null; task = due()) {
            task.action.run();
        }
    }

    private synchronized Task due() {
        return tasks.isEmpty() || tasks.peek().due > nanos ? null : tasks.remove();
    }
}
