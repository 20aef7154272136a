package io.araldo.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of the frames that a peer sends (RFC 6455 section 5.2), ahead of Tyrus, and stops what Tyrus lets
 * pass or answers too late: a client's frames without a mask, a server's with one, and messages over the limit, of which
 * not a byte of the payload that goes beyond has been stored by then. It works on any slicing of the stream and keeps 10
 * bytes. Used by one thread.
 */
final class FrameGuard {
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int MAX_CONTROL_BYTES = 125;
    private static final int MASK_BYTES = 4;
    private static final long NEVER_ENDING = Long.MAX_VALUE / 2;

    /** Who sends the frames: a client must mask them, a server must not (RFC 6455 section 5.1). */
    enum Sender {
        CLIENT,
        SERVER
    }

    private final Sender sender;
    private final long maxMessageBytes;
    private final byte[] header = new byte[10];
    private int headerBytes;

    /** Mask and payload of the present frame that are still to come. */
    private long toSkip;

    /** Of the present message, its fragments summed. */
    private long messageBytes;

    private boolean closeSeen;
    private @Nullable CloseCode violation;

    FrameGuard(long maxMessageBytes) {
        this(Sender.CLIENT, maxMessageBytes);
    }

    FrameGuard(Sender sender, long maxMessageBytes) {
        this.sender = sender;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Looks at what came next; the position of {@code data} does not matter afterwards.
     *
     * @return how many of the bytes, from the first on, are in order: all, unless {@link #violation} says why not. After
     *     a violation none are, and the stream is followed for the sake of {@link #closeSeen} alone
     */
    int accept(ByteBuffer data) {
        int start = data.position();
        int frameStart = start;
        int good = violation == null ? data.remaining() : 0;
        while (data.hasRemaining()) {
            if (toSkip > 0) {
                int skipped = (int) Math.min(toSkip, data.remaining());
                data.position(data.position() + skipped);
                toSkip -= skipped;
                continue;
            }
            frameStart = headerBytes == 0 ? data.position() : frameStart;
            headerByte(data.get());
            good = violation == null ? good : Math.min(good, frameStart - start);
        }
        return good;
    }

    /** What the peer did wrong, as the code to close with; {@code null} while nothing. */
    @Nullable
    CloseCode violation() {
        return violation;
    }

    /** Whether the peer has sent a Close frame, or the start of one. */
    boolean closeSeen() {
        return closeSeen;
    }

    private void headerByte(byte next) {
        header[headerBytes++] = next;
        if (headerBytes >= 2 && headerBytes == 2 + lengthBytes()) {
            headerBytes = 0;
            frame(length());
        }
    }

    private int lengthBytes() {
        int code = header[1] & 0x7f;
        return code == 126 ? 2 : code == 127 ? 8 : 0;
    }

    private long length() {
        int bytes = lengthBytes();
        if (bytes == 0) {
            return header[1] & 0x7f;
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (header[2 + i] & 0xff);
        }
        return length;
    }

    private void frame(long length) {
        int opcode = header[0] & 0x0f;
        boolean isMasked = (header[1] & 0x80) != 0;
        if (isMasked != (sender == Sender.CLIENT)) {
            violate(1002, isMasked ? "frame with a mask" : "frame without a mask");
        }
        if (opcode >= CLOSE) {
            controlFrame(opcode, length);
        } else {
            dataFrame(opcode, length);
        }
        toSkip = (isMasked ? MASK_BYTES : 0) + (length < 0 ? NEVER_ENDING : Math.min(length, NEVER_ENDING));
    }

    private void controlFrame(int opcode, long length) {
        closeSeen |= opcode == CLOSE;
        if (length < 0 || length > MAX_CONTROL_BYTES) {
            violate(1002, "control frame of more than " + MAX_CONTROL_BYTES + " bytes");
        }
    }

    private void dataFrame(int opcode, long length) {
        messageBytes = opcode == CONTINUATION ? messageBytes : 0;
        if (length < 0 || length > maxMessageBytes - messageBytes) {
            violate(1009, "message of more than " + maxMessageBytes + " bytes");
        }
        messageBytes += length;
    }

    /** The first counts. */
    private void violate(int code, String reason) {
        if (violation == null) {
            violation = new CloseCode(code, reason);
        }
    }
}
