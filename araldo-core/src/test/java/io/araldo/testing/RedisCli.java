package io.araldo.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A plain connection to a Redis on this machine, for looking at a test from outside: it needs no client library. For one
 * thread; every call blocks for its reply, 10 seconds at most, then it throws {@link UncheckedIOException}.
 */
public final class RedisCli implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private RedisCli(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to the Redis that listens on this port. */
    public static RedisCli connect(int port) {
        try {
            return new RedisCli(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Calls a command.
     *
     * @param words the command and its arguments, sent as UTF-8
     * @return the reply as text: numbers in digits, errors as {@code -ERR …}, nil as the empty string, the elements of
     *     an array each on a line
     */
    public String call(String... words) {
        byte[][] bytes = Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return call(bytes);
    }

    /** Publishes bytes; the number of subscribers that got them. */
    public long publish(String channel, byte[] payload) {
        byte[] command = "PUBLISH".getBytes(StandardCharsets.UTF_8);
        return Long.parseLong(call(command, channel.getBytes(StandardCharsets.UTF_8), payload));
    }

    private String call(byte[]... words) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (byte[] word : words) {
                bytes.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.UTF_8));
                bytes.writeBytes(word);
                bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            }
            socket.getOutputStream().write(bytes.toByteArray());
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for what comes next on a connection that has called {@code SUBSCRIBE}; as {@link #call}. */
    public String next() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '-' -> line;
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> rest;
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length);
        in.skipNBytes(2);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String array(int length) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < length; i++) {
            lines.append(i == 0 ? "" : "\n").append(read());
        }
        return lines.toString();
    }

    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) != '\r') {
            if (next < 0) {
                throw new EOFException("Redis has closed the connection");
            }
            bytes.write(next);
        }
        in.skipNBytes(1);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
