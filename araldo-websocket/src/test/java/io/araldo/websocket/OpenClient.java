package io.araldo.websocket;

import io.araldo.Link;
import io.araldo.Message;
import io.araldo.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A client endpoint that a test has opened as a relay would, and what a test does with it. */
final class OpenClient implements AutoCloseable {
    private final RecordingInbox inbox;
    private final TestContext context;
    private final Link link;

    private OpenClient(RecordingInbox inbox, TestContext context, Link link) {
        this.inbox = inbox;
        this.context = context;
        this.link = link;
    }

    static OpenClient of(WebSocketClientBuilder options) {
        return of(options, new RecordingInbox());
    }

    static OpenClient of(WebSocketClientBuilder options, RecordingInbox inbox) {
        WebSocketClientEndpoint endpoint = options.build();
        TestContext context = new TestContext("test", endpoint.name());
        try {
            return new OpenClient(
                    inbox,
                    context,
                    endpoint.open(inbox, context).toCompletableFuture().join());
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    static OpenClient to(String uri) {
        return of(WebSocketClientEndpoint.builder("upstream").uri(uri));
    }

    /** Why these options do not make a connection. */
    static Throwable failure(WebSocketClientBuilder options) {
        try (OpenClient open = of(options)) {
            throw new AssertionError("connected to " + open.link.address());
        } catch (CompletionException e) {
            return e.getCause();
        } catch (io.araldo.EndpointException e) {
            return e;
        }
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

    /** Sends and flushes, as a lane does. */
    CompletableFuture<Outcome> send(Message message) {
        CompletableFuture<Outcome> outcome = gather(message);
        link.flush();
        return outcome;
    }

    CompletableFuture<Outcome> send(String text) {
        return send(Message.text(text));
    }

    /** Sends without flushing. */
    CompletableFuture<Outcome> gather(Message message) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        link.send(message, outcome::complete);
        return outcome;
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
