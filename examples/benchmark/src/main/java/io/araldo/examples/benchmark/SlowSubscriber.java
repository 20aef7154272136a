package io.araldo.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A subscriber that reads little. It may miss messages, which it counts; it may not get one twice or in another order. */
final class SlowSubscriber implements Laggard, Arrivals {
    private static final int BYTES_A_TURN = 4_096;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final long NOTHING = -1;

    private final SocketChannel channel;
    private final FrameReader reader;
    private final ByteBuffer in = ByteBuffer.allocate(BYTES_A_TURN);
    private long last = NOTHING;
    private long skipped;

    /** @param bytes of each message */
    SlowSubscriber(SocketChannel channel, int bytes) {
        this.channel = channel;
        this.reader = new FrameReader(bytes, this);
    }

    @Override
    public void turn() throws IOException {
        read();
    }

    /**
     * Reads on as fast as it can, until it has this message.
     *
     * @throws IllegalStateException if it does not come
     */
    void catchUp(long number) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (last < number) {
            if (read() == 0 && System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("a slow subscriber has message " + last + ", and waits for " + number);
            }
        }
    }

    private int read() throws IOException {
        int bytes = channel.read(in.clear());
        if (bytes < 0) {
            throw new IllegalStateException("the server has ended a subscriber that is slow");
        }
        reader.read(in.flip());
        return bytes;
    }

    /** How many messages did not come between those that did. */
    long skipped() {
        return skipped;
    }

    @Override
    public void message(long number, long nanos) {
        if (last != NOTHING) {
            if (number <= last) {
                throw new IllegalStateException("a slow subscriber received message " + number + " after " + last);
            }
            skipped += number - last - 1;
        }
        last = number;
    }

    @Override
    public void pong(ByteBuffer frame) {
        try {
            channel.write(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
