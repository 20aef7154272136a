package io.araldo.redis;

import io.araldo.Payload;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code PUBLISH} with one channel in the Redis serialization protocol: an array of three bulk strings, of which
 * the first two are always the same. Owned by the thread of one connection.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP</a>
 */
final class PublishFrame {
    private static final int SCRATCH_BYTES = 8 << 10;
    private static final int MAX_DIGITS = 10;
    private static final byte[] END_OF_LINE = ascii("\r\n");

    /** All that comes before the length of the payload. */
    private final byte[] head;

    /** Small payloads are put together here, and copied once. Begins with the head. */
    private final byte[] scratch;

    PublishFrame(String channel) {
        byte[] name = channel.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii("*3\r\n$7\r\nPUBLISH\r\n$" + name.length + "\r\n"));
        bytes.writeBytes(name);
        bytes.writeBytes(ascii("\r\n$"));
        head = bytes.toByteArray();
        scratch = new byte[head.length + MAX_DIGITS + 2 * END_OF_LINE.length + SCRATCH_BYTES];
        System.arraycopy(head, 0, scratch, 0, head.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void write(Payload payload, ByteBuf buffer) {
        int end = endLine(number(payload.size(), head.length));
        if (payload.size() > SCRATCH_BYTES) {
            buffer.writeBytes(scratch, 0, end)
                    .writeBytes(payload.asByteBuffer())
                    .writeBytes(END_OF_LINE);
            return;
        }
        payload.copyTo(scratch, end);
        buffer.writeBytes(scratch, 0, endLine(end + payload.size()));
    }

    private int endLine(int at) {
        scratch[at] = '\r';
        scratch[at + 1] = '\n';
        return at + 2;
    }

    /** Writes a number that is not negative, and returns where it ends. */
    private int number(int value, int at) {
        int end = at + 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            end++;
        }
        int rest = value;
        for (int i = end - 1; i >= at; i--) {
            scratch[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }
}
