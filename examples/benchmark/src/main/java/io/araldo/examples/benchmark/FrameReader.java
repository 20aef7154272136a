package io.araldo.examples.benchmark;

import java.nio.ByteBuffer;

/**
 * Reads what one connection receives, in place, without making objects: messages of one frame each, which have a
 * {@link Stamp}, and control frames (RFC 6455 section 5.2). What is cut off goes on with the next read.
 */
final class FrameReader {
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int CONTROL_BYTES = 125;

    private final int size;
    private final Arrivals arrivals;

    /** The beginning of a frame of which more is to come; between reads it can be filled. */
    private final ByteBuffer held = ByteBuffer.allocate(14 + CONTROL_BYTES);

    private final ByteBuffer pong = ByteBuffer.allocate(6 + CONTROL_BYTES);

    /** How much of the frame that is being read is still to come. */
    private long left;

    /** Of the message that is being read. */
    private long number;

    private long nanos;

    /** @param size of each message, in bytes */
    FrameReader(int size, Arrivals arrivals) {
        this.size = size;
        this.arrivals = arrivals;
    }

    /**
     * Takes all that there is.
     *
     * @throws IllegalStateException if it is not what we expect of a server
     */
    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (left > 0) {
                int taken = (int) Math.min(left, in.remaining());
                in.position(in.position() + taken);
                left -= taken;
                if (left == 0) {
                    arrivals.message(number, nanos);
                }
            } else if (held.position() == 0 && in.remaining() >= missing(in, in.position(), in.remaining())) {
                begin(in);
            } else {
                hold(in);
            }
        }
    }

    private void hold(ByteBuffer in) {
        held.put(in.get());
        if (held.position() >= missing(held, 0, held.position())) {
            held.flip();
            begin(held);
            held.clear();
        }
    }

    /** How many bytes there must be to begin this frame: its head, and the stamp or all of a control frame. */
    private static int missing(ByteBuffer in, int at, int available) {
        if (available < 2) {
            return 2;
        }
        int head = headBytes(in, at);
        int length = in.get(at + 1) & 127;
        return head + ((in.get(at) & 8) != 0 ? length : Math.min(length, Stamp.BYTES));
    }

    private static int headBytes(ByteBuffer in, int at) {
        int length = in.get(at + 1) & 127;
        return length < 126 ? 2 : length == 126 ? 4 : 10;
    }

    private void begin(ByteBuffer in) {
        int at = in.position();
        int head = headBytes(in, at);
        int type = in.get(at) & 255;
        long length = switch (head) {
            case 2 -> in.get(at + 1);
            case 4 -> in.getShort(at + 2) & 65_535;
            default -> in.getLong(at + 2);
        };
        in.position(at + head);
        if (type == TEXT) {
            message(in, length);
        } else if (type == PING) {
            answer(in, (int) length);
        } else if (type == PONG) {
            in.position(in.position() + (int) length);
        } else {
            throw new IllegalStateException("a frame that begins with 0x" + Integer.toHexString(type)
                    + " came (expected: whole text messages, pings)");
        }
    }

    private void message(ByteBuffer in, long length) {
        if (length != size) {
            throw new IllegalStateException("a message of " + length + " bytes came (expected: " + size + ")");
        }
        number = Stamp.number(in, in.position());
        nanos = Stamp.nanos(in, in.position());
        in.position(in.position() + Stamp.BYTES);
        left = length - Stamp.BYTES;
        if (left == 0) {
            arrivals.message(number, nanos);
        }
    }

    /** With a mask of zeros. */
    private void answer(ByteBuffer in, int length) {
        pong.clear().put((byte) PONG).put((byte) (128 | length)).putInt(0);
        for (int i = 0; i < length; i++) {
            pong.put(in.get());
        }
        arrivals.pong(pong.flip());
    }
}
