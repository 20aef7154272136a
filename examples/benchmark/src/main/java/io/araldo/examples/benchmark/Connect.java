package io.araldo.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Opens connections, which do not block from then on. */
final class Connect {
    /** Of RFC 6455 section 1.3, with its answer. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final int MAX_HEAD_BYTES = 8_192;

    private Connect() {}

    static Selector selector() {
        try {
            return Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SocketChannel plain(int port) throws IOException {
        SocketChannel channel = open(port);
        channel.configureBlocking(false);
        return channel;
    }

    /** A client of the chat, after the handshake; nothing that follows it has been read. */
    static SocketChannel webSocket(int port) throws IOException {
        SocketChannel channel = open(port);
        String request = "GET " + Chat.PATH + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + KEY
                + "\r\nSec-WebSocket-Version: 13\r\nOrigin: http://localhost:" + port + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        String head = head(channel);
        if (!head.startsWith("HTTP/1.1 101") || !head.contains(ACCEPT)) {
            channel.close();
            throw new IllegalStateException("the handshake was answered with " + head);
        }
        channel.configureBlocking(false);
        return channel;
    }

    private static SocketChannel open(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /** One byte at a time, since what follows is not ours. */
    private static String head(SocketChannel channel) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            if (channel.read(one.clear()) < 0 || head.length() == MAX_HEAD_BYTES) {
                throw new IOException("the handshake ended early: " + head);
            }
            head.append((char) one.get(0));
        }
        return head.toString();
    }
}
