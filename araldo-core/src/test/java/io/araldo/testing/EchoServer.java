package io.araldo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the tests of {@link FaultProxy} connect to: answers every byte with itself, and counts. */
final class EchoServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Thread accepting;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    final AtomicLong received = new AtomicLong();
    final AtomicInteger connected = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    EchoServer() {
        try {
            listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepting = daemon(this::accept);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "echo-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                connected.incrementAndGet();
                daemon(() -> echo(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void echo(Socket socket) {
        byte[] bytes = new byte[8_192];
        try (socket) {
            int count;
            while ((count = socket.getInputStream().read(bytes)) >= 0) {
                received.addAndGet(count);
                socket.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException e) {
            // Ended otherwise.
        } finally {
            ended.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            // It may just be taking in another one.
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
