package io.araldo.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket client for tests: the JDK's, so none of the libraries under test. It remembers the texts it receives. All
 * methods may be called from any thread; those that wait do so for 10 seconds at most, and then fail.
 */
public final class TestWebSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Texts texts = new Texts();
    private final WebSocket socket;

    /** Each send waits for the one before: the JDK's client takes one at a time. Guarded by this. */
    private CompletableFuture<WebSocket> sent;

    private TestWebSocket(URI uri, WebSocket.Builder builder) {
        socket = await(builder.connectTimeout(PATIENCE).buildAsync(uri, texts));
        sent = CompletableFuture.completedFuture(socket);
    }

    /** Connects, as a program does: without an origin. */
    public static TestWebSocket connect(URI uri) {
        return new TestWebSocket(uri, HTTP.newWebSocketBuilder());
    }

    /**
     * Connects as a browser does for a page of this origin.
     *
     * @throws java.util.concurrent.CompletionException caused by a {@link java.net.http.WebSocketHandshakeException} if
     *     the server refuses it
     */
    public static TestWebSocket connectAsPageOf(String origin, URI uri) {
        return new TestWebSocket(uri, HTTP.newWebSocketBuilder().header("Origin", origin));
    }

    /** Connects with a header, such as that of its cookies. */
    public static TestWebSocket connectWith(String header, String value, URI uri) {
        return new TestWebSocket(uri, HTTP.newWebSocketBuilder().header(header, value));
    }

    /** Sends a text after those before it; does not wait. */
    public synchronized void send(String text) {
        sent = sent.thenCompose(open -> open.sendText(text, true));
    }

    /** What it has received so far: a copy. */
    public List<String> received() {
        return List.copyOf(texts.received);
    }

    /** The close code, when the server closes the connection. */
    public int closeCode() {
        return await(texts.closed);
    }

    /** Says good-bye and waits for the answer. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        }
        await(texts.closed);
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static final class Texts implements WebSocket.Listener {
        final List<String> received = new CopyOnWriteArrayList<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        /** Of a message that comes in parts; the JDK calls one at a time. */
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            parts.append(text);
            if (last) {
                received.add(parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
