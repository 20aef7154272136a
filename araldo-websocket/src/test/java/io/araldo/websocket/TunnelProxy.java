package io.araldo.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP proxy that opens the tunnels it is asked for, to ports of this machine. */
final class TunnelProxy implements AutoCloseable {
    private final ServerSocket listener;
    private volatile String request = "";

    private TunnelProxy(ServerSocket listener) {
        this.listener = listener;
    }

    static TunnelProxy open() throws IOException {
        TunnelProxy proxy = new TunnelProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(proxy::accept);
        return proxy;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tunnel-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                StringBuilder head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) {
                    head.append((char) client.getInputStream().read());
                }
                request = head.toString();
                int port = Integer.parseInt(request.substring(request.indexOf(':') + 1, request.indexOf(" HTTP")));
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                daemon(() -> copy(client, server));
                daemon(() -> copy(server, client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // Ended by either side.
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The last one. */
    String request() {
        return request;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
