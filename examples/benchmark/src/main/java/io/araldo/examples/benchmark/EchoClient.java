package io.araldo.examples.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends at a fixed rate, whether answers come or not, and takes the time until its own messages are back:
 * from when each was due, so that what holds up the sender counts as well.
 */
final class EchoClient implements WebSocket.Listener, AutoCloseable {
    static final int BYTES = 1_024;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final WebSocket socket;

    /** The listener's, which is called by one thread at a time. */
    private final ByteBuffer arriving = ByteBuffer.allocate(BYTES);

    /** Guarded by this. */
    private final List<Long> nanos = new ArrayList<>();

    EchoClient(URI uri) {
        socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    /** Sends so many, and returns how long each took, when all are back. */
    List<Long> run(int messages, long intervalNanos) {
        long begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            long due = begin + i * intervalNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            socket.sendBinary(ByteBuffer.allocate(BYTES).putLong(due).rewind(), true)
                    .join();
        }
        return await(messages);
    }

    private synchronized List<Long> await(int messages) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        try {
            while (nanos.size() < messages && System.nanoTime() < deadline) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (nanos.size() != messages) {
            throw new IllegalStateException(nanos.size() + " messages came back (expected: " + messages + ")");
        }
        List<Long> all = List.copyOf(nanos);
        nanos.clear();
        return all;
    }

    /** One of our messages, or a part of one: the client hands over what it has read. */
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        long now = System.nanoTime();
        arriving.put(data);
        if (last) {
            synchronized (this) {
                nanos.add(now - arriving.getLong(0));
                notifyAll();
            }
            arriving.clear();
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
