package io.araldo.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the client misses of the end of a connection, the sockets make up for. */
class PatientSocketsIT {
    private final Socket socket = new PatientSockets().createSocket();
    private ServerSocket server;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.connect(server.getLocalSocketAddress());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
    }

    @Test
    void closingInterruptsWhoWritesEvenIfItWaitsOnlyAfterwards() throws IOException {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(
                () -> {
                    write();
                    written.countDown();
                    while (closed.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return Thread.currentThread().isInterrupted();
                },
                task -> new Thread(task, "writer").start());
        await().until(() -> written.getCount() == 0);
        socket.close();
        closed.countDown();
        await().until(interrupted::isDone);
        assertThat(interrupted).isCompletedWithValue(true);
    }

    @Test
    void whoWritesAndClosesIsNotInterrupted() throws IOException {
        write();
        socket.close();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private void write() {
        try {
            socket.getOutputStream().write(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
