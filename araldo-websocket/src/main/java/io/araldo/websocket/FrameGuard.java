package io.araldo.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of the frames that a peer sends (RFC 6455 section 5.2), ahead of Tyrus, and stops what Tyrus lets
 * pass or answers too late: a client's frames without a mask, a server's with one, and messages over the limit, of which
 * not a byte of the payload that goes beyond has been stored by then. It works on any slicing of the stream and keeps 10
 * bytes. Used by one thread.
 *
 * <p>It cuts what was read into pieces, for two reasons. Grizzly reads into a buffer of its thread's, which is as large as
 * the largest message that the thread has written, and Tyrus ends a session whose buffer would have to hold a message and
 * more than a reserve. And a read may hold thousands of small messages, of which one that has to be held back should not
 * have all taken in.
 */
final class FrameGuard {
    /** Less than the reserve of Tyrus. */
    static final int PIECE_BYTES = 1 << 16;

    /** So many frames end in a piece at most: so far a session that is held back overshoots. */
    static final int PIECE_FRAMES = 64;

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
     * Takes the next piece off what was read.
     *
     * @param data not empty; its position moves behind the piece
     * @return the bytes of the piece that are in order, for the caller until it takes the next: all, unless {@link
     *     #violation} says why not. After a violation none are, and the stream is followed for the sake of {@link
     *     #closeSeen} alone
     */
    ByteBuffer next(ByteBuffer data) {
        int start = data.position();
        int end = start + Math.min(PIECE_BYTES, data.remaining());
        int good = violation == null ? PIECE_BYTES : 0;
        int frameStart = start;
        int frames = 0;
        while (data.position() < end && frames < PIECE_FRAMES) {
            if (toSkip > 0) {
                skip(data, end);
            } else {
                frameStart = headerBytes == 0 ? data.position() : frameStart;
                headerByte(data.get());
                good = violation == null ? good : Math.min(good, frameStart - start);
            }
            frames += isBetweenFrames() ? 1 : 0;
        }
        return data.slice(start, Math.min(good, data.position() - start));
    }

    private void skip(ByteBuffer data, int end) {
        int skipped = (int) Math.min(toSkip, end - data.position());
        data.position(data.position() + skipped);
        toSkip -= skipped;
    }

    private boolean isBetweenFrames() {
        return toSkip == 0 && headerBytes == 0;
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
