package io.araldo.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One whole frame, without a mask, of those that were made to be written (RFC 6455 section 5.2): a value.
 *
 * @param payload of nobody else
 */
record FrameView(int opcode, ByteBuffer payload) {
    /** Takes the next off a buffer. */
    static FrameView next(ByteBuffer buffer) {
        int opcode = buffer.get() & 0x0f;
        int code = buffer.get() & 0x7f;
        int length = code == 126 ? buffer.getShort() & 0xffff : code == 127 ? (int) buffer.getLong() : code;
        ByteBuffer payload = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return new FrameView(opcode, payload);
    }

    String text() {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    /** What a Close frame says. */
    CloseCode closeCode() {
        ByteBuffer rest = payload.duplicate();
        int code = rest.getShort() & 0xffff;
        return new CloseCode(code, StandardCharsets.UTF_8.decode(rest).toString());
    }
}
