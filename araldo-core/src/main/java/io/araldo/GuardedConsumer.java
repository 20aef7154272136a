package io.araldo;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The user's consumer of events, kept away from everything else: called on a thread of its own, one event at a time; what
 * it throws is logged; when it is too slow, the newest events are dropped and counted.
 */
final class GuardedConsumer implements Consumer<RelayEvent>, AutoCloseable {
    private static final GuardedLog LOG = new GuardedLog();
    private static final int WAITING = 1_024;
    private static final int LINGER_SECONDS = 1;

    private final String relay;
    private final Consumer<RelayEvent> consumer;
    private final LongAdder lost = new LongAdder();
    private final ThreadPoolExecutor thread;

    GuardedConsumer(String relay, Consumer<RelayEvent> consumer) {
        this(relay, consumer, RelayThread.single(relay, "events"));
    }

    GuardedConsumer(String relay, Consumer<RelayEvent> consumer, ThreadFactory threads) {
        this.relay = relay;
        this.consumer = consumer;
        this.thread = new ThreadPoolExecutor(
                // None to begin with: tasks then all go through the queue, and events keep their order.
                0,
                1,
                LINGER_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                threads,
                (task, executor) -> lost.increment());
    }

    /** Called from everywhere, and so it never throws. An event for which there is no thread waits for the next one's. */
    @Override
    @SuppressWarnings("CatchThrowable")
    public void accept(RelayEvent event) {
        try {
            thread.execute(() -> consume(event));
        } catch (Throwable e) {
            LOG.debug("relay '{}': no thread for the consumer of events", relay, e);
        }
    }

    @SuppressWarnings("CatchThrowable")
    private void consume(RelayEvent event) {
        long missed = lost.sumThenReset();
        if (missed > 0) {
            LOG.warn("relay '{}': the consumer of events is too slow, {} events were dropped", relay, missed);
        }
        try {
            consumer.accept(event);
        } catch (Throwable e) {
            LOG.warn("relay '{}': the consumer of events failed on {}: {}", relay, event, Reports.oneLine(e));
        }
    }

    /** Delivers what waits, for at most a second, and ends the thread. */
    @Override
    public void close() {
        Closer.end(thread);
    }
}
