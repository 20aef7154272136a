package io.araldo.websocket;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A well-behaved client: the JDK's. */
final class Client implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final List<byte[]> binaries = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private volatile String closeReason = "";
    private volatile WebSocket socket;

    private Client() {}

    static Client connect(URI uri) throws Exception {
        return connect(HTTP, uri, List.of());
    }

    /** With headers: names and values in turn. */
    static Client connect(HttpClient http, URI uri, List<String> headers) throws Exception {
        Client client = new Client();
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(5));
        for (int i = 0; i < headers.size(); i += 2) {
            builder.header(headers.get(i), headers.get(i + 1));
        }
        client.socket = builder.buildAsync(uri, client).get(5, TimeUnit.SECONDS);
        return client;
    }

    void send(String message) throws Exception {
        socket.sendText(message, true).get(5, TimeUnit.SECONDS);
    }

    void send(byte[] message) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(message), true).get(5, TimeUnit.SECONDS);
    }

    /** Sends one after the other, without waiting for the last. */
    void sendAll(Stream<String> messages) {
        CompletableFuture<?> previous = CompletableFuture.completedFuture(null);
        for (String message : (Iterable<String>) messages::iterator) {
            previous = previous.thenCompose(done -> socket.sendText(message, true));
        }
    }

    List<String> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    List<byte[]> binaries() {
        synchronized (binaries) {
            return List.copyOf(binaries);
        }
    }

    /** Completed with the code when the server closes the session. */
    CompletableFuture<Integer> closed() {
        return closed;
    }

    String closeReason() {
        return closeReason;
    }

    void closeWith(int code, String reason) throws Exception {
        socket.sendClose(code, reason).get(5, TimeUnit.SECONDS);
    }

    /** Breaks the connection. */
    void cut() {
        socket.abort();
    }

    @Override
    public void close() {
        cut();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        while (data.hasRemaining()) {
            binary.write(data.get());
        }
        if (last) {
            binaries.add(binary.toByteArray());
            binary.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeReason = reason;
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
