package io.araldo.websocket;

import static org.awaitility.Awaitility.await;

import io.araldo.Link;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Payload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An endpoint that a test has opened as a relay would, and what a test does with it. */
final class OpenEndpoint implements AutoCloseable {
    private final WebSocketServer server;
    private final WebSocketServerEndpoint endpoint;
    private final RecordingInbox inbox = new RecordingInbox();
    private final TestContext context;
    private final Link link;

    private OpenEndpoint(WebSocketServer server, WebSocketServerEndpoint endpoint, String relay) {
        this.server = server;
        this.endpoint = endpoint;
        this.context = new TestContext(relay, endpoint.name());
        this.link = endpoint.open(inbox, context).toCompletableFuture().join();
    }

    static OpenEndpoint of(WebSocketServerBuilder options) {
        WebSocketServer server = options.build();
        return of(server, server.endpoint("browsers", "/chat"));
    }

    static OpenEndpoint of(WebSocketServer server, WebSocketServerEndpoint endpoint) {
        return new OpenEndpoint(server, endpoint, "test");
    }

    static OpenEndpoint ofRelay(String relay, WebSocketServer server, WebSocketServerEndpoint endpoint) {
        return new OpenEndpoint(server, endpoint, relay);
    }

    static OpenEndpoint withDefaults() {
        return of(WebSocketServer.builder());
    }

    WebSocketServer server() {
        return server;
    }

    RecordingInbox inbox() {
        return inbox;
    }

    TestContext context() {
        return context;
    }

    Link link() {
        return link;
    }

    int port() {
        return server.port();
    }

    URI uri() {
        return link.address();
    }

    /** A client that is connected, and known to the server. */
    Client connect() throws Exception {
        int before = server.sessionCount();
        Client client = Client.connect(uri());
        awaitSessions(before + 1);
        return client;
    }

    /** A client of which the test writes every byte, after its handshake. */
    RawClient connectRaw() throws Exception {
        return connectRaw(0);
    }

    /** With a receive buffer of that size. */
    RawClient connectRaw(int receiveBuffer) throws Exception {
        int before = server.sessionCount();
        RawClient client = RawClient.open(port(), receiveBuffer);
        client.handshake(endpoint.path());
        awaitSessions(before + 1);
        return client;
    }

    /** Waits until the server knows of so many. */
    void awaitSessions(int count) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> server.sessionCount() == count);
    }

    /** Sends and flushes, as a lane does. */
    CompletableFuture<Outcome> send(Message message) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        link.send(message, outcome::complete);
        link.flush();
        return outcome;
    }

    CompletableFuture<Outcome> send(String text) {
        return send(Message.of(Payload.text(text)));
    }

    List<ClientSession> sessions() {
        return server.sessions();
    }

    @Override
    public void close() {
        try {
            link.close().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the link did not close within 5 s", e);
        } finally {
            context.close();
        }
    }
}
