package io.araldo.websocket;

import io.araldo.Payload;
import java.nio.ByteBuffer;

/**
 * A whole frame as it goes to a client, or {@linkplain #masked masked} to a server (RFC 6455 section 5.2): header and payload in one array, which is made once and
 * shared by all sessions. Immutable: nobody writes to the array.
 */
final class Frame {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** Of the first byte. */
    static final int FIN = 0x80;

    /** Of the second byte. */
    static final int MASKED = 0x80;

    private static final Frame EMPTY_PING = new Frame(new byte[] {(byte) (FIN | PING), 0});

    private final byte[] bytes;

    /** A frame that is made already; the caller gives the array away. */
    Frame(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A message. */
    static Frame message(Payload payload) {
        Frame frame = allocate(payload.isText() ? TEXT : BINARY, payload.size());
        payload.copyTo(frame.bytes, frame.bytes.length - payload.size());
        return frame;
    }

    /** A ping without a payload. */
    static Frame ping() {
        return EMPTY_PING;
    }

    /** A ping with a payload, of at most 125 bytes. */
    static Frame ping(byte[] payload) {
        Frame frame = allocate(PING, payload.length);
        System.arraycopy(payload, 0, frame.bytes, frame.bytes.length - payload.length, payload.length);
        return frame;
    }

    /** A Close frame. */
    static Frame close(CloseCode code) {
        byte[] payload = code.payload();
        Frame frame = allocate(CLOSE, payload.length);
        System.arraycopy(payload, 0, frame.bytes, frame.bytes.length - payload.length, payload.length);
        return frame;
    }

    private static Frame allocate(int opcode, int length) {
        int headerBytes = length <= 125 ? 2 : length <= 0xffff ? 4 : 10;
        byte[] bytes = new byte[headerBytes + length];
        bytes[0] = (byte) (FIN | opcode);
        bytes[1] = (byte) (headerBytes == 2 ? length : headerBytes == 4 ? 126 : 127);
        for (int i = headerBytes - 1, rest = length; i >= 2; i--, rest >>>= 8) {
            bytes[i] = (byte) rest;
        }
        return new Frame(bytes);
    }

    int size() {
        return bytes.length;
    }

    boolean isClose() {
        return (bytes[0] & 0x0f) == CLOSE;
    }

    /**
     * A copy as a client must send it (RFC 6455 section 5.3).
     *
     * @param key of this one frame, and not to be foreseen
     */
    Frame masked(int key) {
        int header = headerBytes();
        byte[] masked = new byte[bytes.length + Mask.BYTES];
        System.arraycopy(bytes, 0, masked, 0, header);
        masked[1] |= (byte) MASKED;
        ByteBuffer.wrap(masked).putInt(header, key);
        System.arraycopy(bytes, header, masked, header + Mask.BYTES, bytes.length - header);
        Mask.apply(key, masked, header + Mask.BYTES, masked.length, 0);
        return new Frame(masked);
    }

    private int headerBytes() {
        return bytes[1] == 126 ? 4 : bytes[1] == 127 ? 10 : 2;
    }

    /** The bytes, with a position of the caller's own. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes);
    }
}
