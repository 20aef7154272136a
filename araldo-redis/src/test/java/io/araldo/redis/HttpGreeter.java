package io.araldo.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers whatever comes first on each of its first connections as a web server would; ends by itself. */
final class HttpGreeter {
    private HttpGreeter() {}

    /** Its port. */
    static int start() throws IOException {
        ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> greet(listener), "http-greeter");
        thread.setDaemon(true);
        thread.start();
        return listener.getLocalPort();
    }

    private static void greet(ServerSocket listener) {
        try (listener) {
            for (int i = 0; i < 2; i++) {
                try (Socket socket = listener.accept()) {
                    socket.getInputStream().readNBytes(1);
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
