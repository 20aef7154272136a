package io.araldo.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sends numbered messages: frames of a WebSocket client, or commands to Redis. The load's thread's. */
final class Publisher implements Arrivals {
    private final SocketChannel channel;

    /** A message with all around it, but for its stamp. */
    private final ByteBuffer template;

    private final int stampAt;

    /** What is to be written; between calls it can be filled. */
    private final ByteBuffer out;

    private long sent;

    private Publisher(SocketChannel channel, byte[] before, int size, byte[] after) {
        byte[] filler = new byte[size];
        Arrays.fill(filler, (byte) 'x');
        this.channel = channel;
        this.stampAt = before.length;
        this.template = ByteBuffer.allocate(before.length + size + after.length)
                .put(before)
                .put(filler)
                .put(after)
                .flip();
        this.out = ByteBuffer.allocateDirect(Math.max(1 << 16, 4 * template.capacity()));
    }

    /** Its mask is zeros, which is allowed, and leaves the message as it is. */
    static Publisher webSocket(SocketChannel channel, int size) {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) 0x81);
        if (size < 126) {
            head.put((byte) (128 | size));
        } else if (size < 65_536) {
            head.put((byte) (128 | 126)).putShort((short) size);
        } else {
            head.put((byte) (128 | 127)).putLong(size);
        }
        head.putInt(0);
        return new Publisher(channel, Arrays.copyOf(head.array(), head.position()), size, new byte[0]);
    }

    static Publisher redis(SocketChannel channel, int size) {
        String command =
                "*3\r\n$7\r\nPUBLISH\r\n$" + Chat.CHANNEL.length() + "\r\n" + Chat.CHANNEL + "\r\n$" + size + "\r\n";
        return new Publisher(channel, command.getBytes(StandardCharsets.US_ASCII), size, new byte[] {'\r', '\n'});
    }

    /** How many messages; the next has this number. */
    long sent() {
        return sent;
    }

    boolean hasRoom() {
        return out.remaining() >= template.capacity();
    }

    /** Adds the next message to what is to be written; there must be room. */
    void send(long nanos) {
        Stamp.put(template, stampAt, sent++, nanos);
        out.put(template);
        template.rewind();
    }

    /** Writes as much as it can; whether that was all. */
    boolean flush() throws IOException {
        if (out.position() > 0) {
            out.flip();
            channel.write(out);
            out.compact();
        }
        return out.position() == 0;
    }

    /** Its own, from a server that sends to the sender as well. */
    @Override
    public void message(long number, long nanos) {}

    /** Never within another frame. */
    @Override
    public void pong(ByteBuffer frame) {
        if (out.remaining() < frame.remaining()) {
            throw new IllegalStateException("a ping came while the server does not read");
        }
        out.put(frame);
    }
}
