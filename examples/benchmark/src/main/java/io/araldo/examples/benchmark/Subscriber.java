package io.araldo.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Checks that nothing is missing, repeated or reordered, from the first message on that it receives. */
final class Subscriber implements Arrivals {
    private static final long NOTHING = -1;

    private final String name;
    private final SocketChannel channel;
    private final Tally tally;

    /** The number of the message that must be next. */
    private long expected = NOTHING;

    Subscriber(int index, SocketChannel channel, Tally tally) {
        this.name = "subscriber " + index;
        this.channel = channel;
        this.tally = tally;
    }

    /** Whether this is the last that it has received. */
    boolean has(long number) {
        return expected == number + 1;
    }

    @Override
    public void message(long number, long nanos) {
        if (number != expected) {
            if (expected != NOTHING) {
                throw new IllegalStateException(
                        name + " received message " + number + " (expected: " + expected + "): " + what(number));
            }
        } else {
            tally.delivered(number, nanos);
        }
        expected = number + 1;
    }

    private String what(long number) {
        return number < expected ? "repeated or reordered" : "lost or reordered";
    }

    @Override
    public void pong(ByteBuffer frame) {
        try {
            channel.write(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
