package io.araldo;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one relay: lanes (unless the user brings an executor), opening of endpoints, and the timer. */
final class RelayThreads implements LaneTimer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

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
