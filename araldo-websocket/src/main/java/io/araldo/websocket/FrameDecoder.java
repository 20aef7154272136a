package io.araldo.websocket;

import io.araldo.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a peer sends into messages (RFC 6455 sections 5, 6.2 and 8.1). It works on any slicing of the stream. A control
 * frame goes on as it is, to Tyrus. Used by one thread.
 *
 * <p>That a message is over the limit is found before a byte beyond it is stored, that text is not UTF-8 when all of it is
 * there. What is stored grows with what has come, not with what a header says will.
 */
final class FrameDecoder {
    /** Who sends the frames: a client must mask them, a server must not (RFC 6455 section 5.1). */
    enum Sender {
        CLIENT,
        SERVER
    }

    /** Gets what was read, in the order of the stream. */
    interface Receiver {
        /** A whole message. */
        void message(Payload payload);

        /** A whole control frame: a ping, a pong or a Close frame, masked as it came. */
        void control(ByteBuffer frame);
    }

    private static final int MAX_CONTROL_BYTES = 125;
    private static final int RESERVED = 0x70;
    private static final byte[] NOTHING = new byte[0];

    private final Sender sender;
    private final int maxMessageBytes;
    private final Receiver receiver;

    /** Of the present frame, its mask included. */
    private final byte[] header = new byte[14];

    private int headerBytes;

    /** Whether the length of the present frame is known, and it was checked. */
    private boolean isBegun;

    /** Payload of the present frame that is still to come. */
    private long toCome;

    /** Of the present message, {@link Frame#TEXT} or {@link Frame#BINARY}; 0 between messages. */
    private int kind;

    /** Of the present message, its fragments put together, without their masks; there may be room for more. */
    private byte[] message = NOTHING;

    private int messageBytes;

    /** The present frame, if it is a control frame. */
    private ByteBuffer control = ByteBuffer.wrap(NOTHING);

    private boolean closeSeen;
    private @Nullable CloseCode violation;

    FrameDecoder(Sender sender, int maxMessageBytes, Receiver receiver) {
        this.sender = sender;
        this.maxMessageBytes = maxMessageBytes;
        this.receiver = receiver;
    }

    /**
     * Takes one frame off what was read, or as much of it as is there. After a {@linkplain #violation} nothing is received, and
     * the stream is followed for the sake of {@link #closeSeen} alone.
     *
     * @param data its position moves behind what was taken
     */
    void next(ByteBuffer data) {
        if (!readHeader(data)) {
            return;
        }
        int count = (int) Math.min(toCome, data.remaining());
        if (violation != null) {
            data.position(data.position() + count);
        } else if (isControl()) {
            appendControl(data, count);
        } else {
            append(data, count);
        }
        toCome -= count;
        if (toCome == 0) {
            headerBytes = 0;
            isBegun = false;
            frameEnded();
        }
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

    // ---- the header

    /** Whether all of it is there. */
    private boolean readHeader(ByteBuffer data) {
        while (!isBegun || headerBytes < headerSize()) {
            if (!data.hasRemaining()) {
                return false;
            }
            header[headerBytes++] = data.get();
            if (headerBytes >= 2 && headerBytes == 2 + lengthBytes()) {
                isBegun = true;
                frameBegins(length());
            }
        }
        return true;
    }

    private int headerSize() {
        return 2 + lengthBytes() + (isMasked() ? Mask.BYTES : 0);
    }

    private boolean isMasked() {
        return (header[1] & Frame.MASKED) != 0;
    }

    private boolean isLast() {
        return (header[0] & Frame.FIN) != 0;
    }

    private int opcode() {
        return header[0] & 0x0f;
    }

    private boolean isControl() {
        return opcode() >= Frame.CLOSE;
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

    private void frameBegins(long length) {
        toCome = length < 0 ? Long.MAX_VALUE : length;
        closeSeen |= opcode() == Frame.CLOSE;
        if (isMasked() != (sender == Sender.CLIENT)) {
            violate(1002, isMasked() ? "frame with a mask" : "frame without a mask");
        } else if ((header[0] & RESERVED) != 0) {
            violate(1002, "frame with a reserved bit");
        } else if (isControl()) {
            controlBegins();
        } else {
            dataBegins();
        }
    }

    private void controlBegins() {
        if (opcode() > Frame.PONG) {
            violate(1002, "frame with opcode " + opcode());
        } else if (!isLast()) {
            violate(1002, "control frame in fragments");
        } else if (lengthBytes() > 0) {
            violate(1002, "control frame of more than " + MAX_CONTROL_BYTES + " bytes");
        } else {
            control = ByteBuffer.allocate(headerSize() + (int) toCome);
        }
    }

    private void dataBegins() {
        int opcode = opcode();
        if (opcode > Frame.BINARY) {
            violate(1002, "frame with opcode " + opcode);
        } else if ((opcode == Frame.CONTINUATION) == (kind == 0)) {
            violate(1002, kind == 0 ? "continuation of no message" : "message within another");
        } else if (toCome > maxMessageBytes - messageBytes) {
            violate(1009, "message of more than " + maxMessageBytes + " bytes");
        } else if (kind == 0) {
            kind = opcode;
        }
    }

    /** The first counts. What has come of a message is let go. */
    private void violate(int code, String reason) {
        if (violation == null) {
            violation = new CloseCode(code, reason);
            message = NOTHING;
        }
    }

    // ---- the payload

    private void append(ByteBuffer data, int count) {
        if (messageBytes + count > message.length) {
            long most = isLast() ? messageBytes + toCome : maxMessageBytes;
            message = Arrays.copyOf(message, (int) Math.min(most, Math.max(2L * message.length, messageBytes + count)));
        }
        data.get(message, messageBytes, count);
        if (isMasked()) {
            Mask.apply(key(), message, messageBytes, messageBytes + count, (int) (length() - toCome));
        }
        messageBytes += count;
    }

    private int key() {
        int key = 0;
        for (int i = headerBytes - Mask.BYTES; i < headerBytes; i++) {
            key = key << Byte.SIZE | (header[i] & 0xff);
        }
        return key;
    }

    private void appendControl(ByteBuffer data, int count) {
        if (control.position() == 0) {
            control.put(header, 0, headerBytes);
        }
        control.put(data.slice(data.position(), count));
        data.position(data.position() + count);
    }

    private void frameEnded() {
        if (violation != null) {
            return;
        }
        if (isControl()) {
            receiver.control(control.flip());
        } else if (isLast()) {
            messageEnded();
        }
    }

    private void messageEnded() {
        byte[] bytes = messageBytes == message.length ? message : Arrays.copyOf(message, messageBytes);
        boolean isText = kind == Frame.TEXT;
        message = NOTHING;
        messageBytes = 0;
        kind = 0;
        Payload payload = isText ? Payload.wrapUtf8OrBinary(bytes) : Payload.wrapBinary(bytes);
        if (isText && !payload.isText()) {
            violate(1007, "text that is not UTF-8");
        } else {
            receiver.message(payload);
        }
    }
}
