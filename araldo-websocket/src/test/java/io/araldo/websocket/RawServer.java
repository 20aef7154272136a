package io.araldo.websocket;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of which the test writes every byte: it answers each request's head as told, and hands the socket over. */
final class RawServer implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)");

    /** A connection that was answered, and the request it came with. */
    static final class Accepted implements AutoCloseable {
        final String request;
        final Socket socket;
        final DataInputStream in;

        Accepted(String request, Socket socket, DataInputStream in) {
            this.request = request;
            this.socket = socket;
            this.in = in;
        }

        /** The next frame, unmasked, as {@code opcode:payload}; fails if it was not masked. */
        String read() throws IOException {
            int opcode = in.readUnsignedByte() & 0x0f;
            int second = in.readUnsignedByte();
            if ((second & 0x80) == 0) {
                throw new IOException("frame without a mask");
            }
            int length = second & 0x7f;
            length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
            byte[] key = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= key[i & 3];
            }
            return opcode + ":" + new String(payload, StandardCharsets.ISO_8859_1);
        }

        /** Whether the client has ended the connection, in order or not. */
        boolean isAtEnd() throws IOException {
            try {
                return in.read() == -1;
            } catch (java.net.SocketException e) {
                return true;
            }
        }

        /** A frame as a server sends it, of up to 65,535 bytes. */
        void write(int opcode, byte[] payload) throws IOException {
            byte[] frame =
                    Frame.message(io.araldo.Payload.wrapBinary(payload)).view().array();
            frame[0] = (byte) (0x80 | opcode);
            write(frame);
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final ServerSocket listener;
    private final UnaryOperator<String> answer;
    private final BlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();

    private RawServer(UnaryOperator<String> answer) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answer = answer;
        Thread thread = new Thread(this::run, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers each head with what is made of it; with nothing, if that is empty. */
    static RawServer answering(UnaryOperator<String> answer) throws IOException {
        return new RawServer(answer);
    }

    /** Answers with a status alone. */
    static RawServer refusing(String status) throws IOException {
        return answering(request -> "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
    }

    /** Agrees to become a WebSocket. */
    static RawServer upgrading() throws IOException {
        return answering(request -> agreed(request, ""));
    }

    /** A good answer with further headers, each with its end of line. */
    static String agreed(String request, String headers) {
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            return "HTTP/1.1 400 Bad Request\r\n\r\n";
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n" + headers + "\r\n";
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void run() {
        try {
            while (true) {
                Socket socket = listener.accept();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                StringBuilder head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) {
                    head.append((char) in.readUnsignedByte());
                }
                socket.getOutputStream().write(answer.apply(head.toString()).getBytes(StandardCharsets.ISO_8859_1));
                socket.setSoTimeout(10_000);
                accepted.add(new Accepted(head.toString(), socket, in));
            }
        } catch (IOException e) {
            // Closed, by the test or by the client.
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    String uri() {
        return "ws://127.0.0.1:" + port() + "/feed";
    }

    /** The next connection. */
    Accepted next() throws InterruptedException {
        Accepted next = accepted.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody has connected");
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Accepted left : accepted) {
            left.close();
        }
    }
}
