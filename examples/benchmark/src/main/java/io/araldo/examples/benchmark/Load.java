package io.araldo.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One publisher and many subscribers of a chat: one thread, raw sockets. It runs beside the server it measures, so it does no
 * more than it must: it reads in place, makes no objects for messages, and asks for the time once for each read.
 *
 * <p>Whatever a subscriber misses, gets twice or in another order is an {@link IllegalStateException} of {@link #run}.
 */
final class Load implements AutoCloseable {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final FanOutRow row;
    private final long patienceNanos;
    private final Tally tally;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 18);
    private final Consumer<SelectionKey> reading = this::read;
    private final Selector selector = Connect.selector();
    private final Publisher publisher;
    private final SelectionKey publisherKey;

    /** When anything arrived last. */
    private long lastRead;

    /**
     * Connects, and returns when every subscriber receives.
     *
     * @param port of the server
     * @param redisPort where the publisher publishes, if the row says so
     * @param patience how long nothing may arrive while something should
     * @throws IllegalStateException if one does not receive
     */
    Load(int port, @Nullable Integer redisPort, FanOutRow row, Duration patience) {
        this.row = row;
        this.patienceNanos = patience.toNanos();
        this.tally = new Tally(row.subscribers(), row.window());
        try {
            for (int i = 0; i < row.subscribers(); i++) {
                SocketChannel channel = Connect.webSocket(port);
                Subscriber subscriber = new Subscriber(i, channel, tally);
                subscribers.add(subscriber);
                register(channel, new FrameReader(row.bytes(), subscriber));
            }
            if (redisPort == null) {
                SocketChannel channel = Connect.webSocket(port);
                publisher = Publisher.webSocket(channel, row.bytes());
                publisherKey = register(channel, new FrameReader(row.bytes(), publisher));
            } else {
                SocketChannel channel = Connect.plain(redisPort);
                publisher = Publisher.redis(channel, row.bytes());
                publisherKey = register(channel, null);
            }
            join();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** A connection without a reader is read, too: what it says does not matter. */
    private SelectionKey register(SocketChannel channel, @Nullable FrameReader reader) throws IOException {
        return channel.register(selector, SelectionKey.OP_READ, reader);
    }

    /**
     * Sends until every subscriber has received the same message: a server may well let a client in a moment after it
     * has answered the handshake. Ever less often: it may also take seconds for one message to reach all.
     */
    private void join() throws IOException {
        long deadline = System.nanoTime() + patienceNanos;
        long number = -1;
        long next = System.nanoTime();
        long pause = 50 * MILLISECOND;
        while (!hasJoined(number)) {
            long now = System.nanoTime();
            if (now - deadline > 0) {
                throw new IllegalStateException("not every subscriber receives what is published");
            }
            if (now - next >= 0) {
                next = now + pause;
                pause *= 2;
                number = publisher.sent();
                publisher.send(now);
            }
            flush();
            selector.select(reading, 10);
        }
        tally.begin(publisher.sent());
    }

    private boolean hasJoined(long number) {
        return number >= 0 && subscribers.stream().allMatch(subscriber -> subscriber.has(number));
    }

    /**
     * Publishes for so long, and waits until all of it has arrived.
     *
     * @throws IllegalStateException if it does not, or not once and in order
     */
    Figures run(Duration time) {
        tally.begin(publisher.sent());
        long begin = System.nanoTime();
        try {
            long end = begin + time.toNanos();
            long from = publisher.sent();
            lastRead = begin;
            for (long now = begin; now - end < 0 || !isComplete(); now = System.nanoTime()) {
                long due = end;
                if (now - end < 0) {
                    due = row.perSecond() > 0 ? publishDue(begin, from, now) : publishWindow(end);
                }
                flush();
                await(due - System.nanoTime());
                checkPatience();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Figures(tally, System.nanoTime() - begin);
    }

    /** How many messages have been published since it connected; the first has number 0. */
    long published() {
        return publisher.sent();
    }

    private boolean isComplete() {
        return tally.completed() == publisher.sent();
    }

    private long publishWindow(long end) {
        while (publisher.sent() - tally.completed() < row.window() && publisher.hasRoom()) {
            publisher.send(System.nanoTime());
        }
        return end;
    }

    /** What is late has the time when it was due. Returns when the next is. */
    private long publishDue(long begin, long from, long now) {
        double interval = TimeUnit.SECONDS.toNanos(1) / row.perSecond();
        long due = begin + (long) ((publisher.sent() - from) * interval);
        while (due - now <= 0 && publisher.sent() - tally.completed() < row.window() && publisher.hasRoom()) {
            publisher.send(due);
            due = begin + (long) ((publisher.sent() - from) * interval);
        }
        return due;
    }

    private void flush() throws IOException {
        int operations = publisher.flush() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (publisherKey.interestOps() != operations) {
            publisherKey.interestOps(operations);
        }
    }

    /** A selector counts in milliseconds: for less it is asked now and then. */
    private void await(long nanos) throws IOException {
        long millis = nanos / MILLISECOND;
        if (nanos <= 0 || millis > 0) {
            selector.select(reading, Math.max(1, Math.min(millis, 100)));
        } else if (selector.selectNow(reading) == 0) {
            LockSupport.parkNanos(1); // As short as the system can, which is about 60 microseconds.
        }
    }

    private void read(SelectionKey key) {
        if (!key.isReadable()) {
            return;
        }
        try {
            in.clear();
            if (((SocketChannel) key.channel()).read(in) < 0) {
                throw new IllegalStateException("the server closed a connection");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long now = System.nanoTime();
        lastRead = now;
        tally.read(now);
        if (key.attachment() instanceof FrameReader reader) {
            reader.read(in.flip());
        }
    }

    private void checkPatience() {
        if (isComplete()) {
            lastRead = System.nanoTime();
        } else if (System.nanoTime() - lastRead > patienceNanos) {
            throw new IllegalStateException("message " + tally.completed() + " has not reached all subscribers, and "
                    + "nothing arrives any more");
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What one run showed.
     *
     * @param deliveries of all subscribers together
     * @param seconds from the first message sent to the last received
     * @param p50Nanos the latency of a delivery
     * @param p99Nanos the same, of the hundredth
     */
    record Figures(long deliveries, double seconds, long p50Nanos, long p99Nanos) {
        private Figures(Tally tally, long nanos) {
            this(
                    tally.deliveries(),
                    nanos / 1e9,
                    tally.latencies().quantile(0.5),
                    tally.latencies().quantile(0.99));
        }
    }
}
