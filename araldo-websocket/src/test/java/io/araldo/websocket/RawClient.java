package io.araldo.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of which the test writes every byte, and which reads only when told to. Reads time out after 10 s. */
final class RawClient implements AutoCloseable {
    /** A frame that came from the server. */
    static final class Received {
        private final int opcode;
        private final byte[] payload;

        Received(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }

        int opcode() {
            return opcode;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(10_000);
    }

    static RawClient open(int port) throws IOException {
        return open(port, 0);
    }

    /** With a small receive buffer, if not 0, so that a client that does not read is noticed early. */
    static RawClient open(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawClient(socket);
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** The head of a good handshake, without the empty line that ends it. */
    static String handshakeHead(String path, int port) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n";
    }

    void handshake(String path) throws IOException {
        write(handshakeHead(path, socket.getPort()) + "\r\n");
        String head = readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("refused: " + head);
        }
    }

    void write(String ascii) throws IOException {
        write(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    void send(String text) throws IOException {
        write(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A masked frame; the mask is 0, so the payload stands as it is. */
    static byte[] frame(int firstByte, byte[] payload) {
        byte[] header = header(firstByte, payload.length);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(header);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The header of a masked frame with a payload of such a length. */
    static byte[] header(int firstByte, long length) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(firstByte);
        if (length <= 125) {
            header.write(0x80 | (int) length);
        } else if (length <= 0xffff) {
            header.write(0x80 | 126);
            header.write((int) (length >> 8));
            header.write((int) length);
        } else {
            header.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                header.write((int) (length >> shift));
            }
        }
        header.writeBytes(new byte[4]);
        return header.toByteArray();
    }

    /** Up to and with the empty line. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** Everything until the server closes the connection. */
    String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Whether there is something to read. */
    boolean hasAnswer() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame of the server. */
    Received read() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Received(first & 0x0f, payload);
    }

    /** So many bytes of what the server sends, or what there is before it closes the connection. */
    byte[] readBytes(int count) {
        try {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server closes the connection without a further byte. */
    boolean isAtEnd() throws IOException {
        try {
            return in.read() == -1;
        } catch (EOFException | java.net.SocketException e) {
            return true;
        }
    }

    /** Whether the server closes the connection as agreed: without a further byte, and without a reset. */
    boolean endsInOrder() throws IOException {
        return in.read() == -1;
    }

    /** Breaks the connection. */
    void cut() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
