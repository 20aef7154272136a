package io.araldo;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads of one relay: lanes (unless the user brings an executor), opening of endpoints, and the timer. */
final class RelayThreads implements LaneTimer, AutoCloseable {
    private static final GuardedLog LOG = new GuardedLog();

    /** The lanes'. */
    final Executor lanes;

    /** One for deadlines, retries and sweeps: nothing that takes long. */
    final ScheduledThreadPoolExecutor timer;

    /** Opening may block: as many as there are endpoints, for as long as it takes. */
    final ExecutorService opening;

    /** The lanes', if they are ours to end. */
    private final @Nullable ExecutorService own;

    RelayThreads(String relay, @Nullable Executor given) {
        int count = Math.max(2, Runtime.getRuntime().availableProcessors());
        if (given != null) {
            own = null;
            lanes = given;
        } else {
            own = Executors.newFixedThreadPool(count, RelayThread.numbered(relay, "lane"));
            lanes = own;
        }
        timer = new ScheduledThreadPoolExecutor(1, RelayThread.single(relay, "timer"));
        timer.setRemoveOnCancelPolicy(true);
        opening = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                RelayThread.numbered(relay, "opener"));
    }

    /** What is told of a user's executor that throws. */
    static AraldoException refused(Throwable error) {
        return new AraldoException(
                "the executor of the relay refused to run the route, which is closed now: " + Reports.oneLine(error)
                        + " (expected: it takes tasks until the relay is closed)",
                error);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void after(long nanos, Runnable task) {
        try {
            timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the relay is closing: nothing is waited for any more", e);
        }
    }

    /** Runs a task again and again, until the end. What it throws is logged: otherwise it would not be run again. */
    @SuppressWarnings("CatchThrowable")
    void every(Duration delay, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.warn("a periodic task failed: {}", Reports.oneLine(e));
            }
        };
        timer.scheduleWithFixedDelay(guarded, delay.toNanos(), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        opening.shutdownNow();
        if (own != null) {
            Closer.end(own);
        }
        Closer.end(timer);
        Closer.end(opening);
    }
}
