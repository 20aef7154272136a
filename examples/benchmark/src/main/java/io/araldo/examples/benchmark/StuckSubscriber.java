package io.araldo.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A subscriber that never reads. What it knows of its connection's end it knows by sending: pongs that nobody asked for
 * (RFC 6455 section 5.5.3), until they are refused.
 */
final class StuckSubscriber implements Laggard {
    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

    private final SocketChannel channel;
    private final long begin = System.nanoTime();

    /** 0 while it has not. */
    private long endedAfterNanos;

    StuckSubscriber(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void turn() {
        if (endedAfterNanos == 0) {
            try {
                channel.write(ByteBuffer.wrap(PONG));
            } catch (IOException e) {
                endedAfterNanos = System.nanoTime() - begin;
            }
        }
    }

    /**
     * From when it connected until its connection had ended.
     *
     * @throws IllegalStateException if it has not
     */
    double endedAfterSeconds() {
        if (endedAfterNanos == 0) {
            throw new IllegalStateException("a subscriber that never reads has not been ended");
        }
        return endedAfterNanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
