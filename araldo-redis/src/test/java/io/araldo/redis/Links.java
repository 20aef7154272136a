package io.araldo.redis;

import io.araldo.Acknowledgement;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.TestLinkContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Opens links without a relay, and closes them and their contexts at the end of a test. */
final class Links implements AutoCloseable {
    private static final int SECONDS = 15;

    private final List<Link> opened = new ArrayList<>();
    private final List<TestLinkContext> contexts = new ArrayList<>();

    /** A context of relay {@code test} and endpoint {@code bus}, both ways. */
    TestLinkContext context() {
        return keep(TestLinkContext.bothWays("test", "bus"));
    }

    TestLinkContext keep(TestLinkContext context) {
        contexts.add(context);
        return context;
    }

    Link open(RedisPubSubEndpoint endpoint, RecordingInbox inbox, LinkContext context) {
        Link link = endpoint.open(inbox, context)
                .toCompletableFuture()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
        opened.add(link);
        return link;
    }

    Link open(RedisPubSubEndpoint endpoint, RecordingInbox inbox) {
        return open(endpoint, inbox, context());
    }

    static CompletableFuture<Outcome> send(Link link, String text) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        link.send(Message.text(text), onlyOnce(outcome));
        link.flush();
        return outcome.orTimeout(SECONDS, TimeUnit.SECONDS);
    }

    /** A second answer is told by the outcome that nobody expects. */
    private static Acknowledgement onlyOnce(CompletableFuture<Outcome> outcome) {
        return answer -> {
            if (!outcome.complete(answer)) {
                throw new AssertionError("answered twice: " + answer);
            }
        };
    }

    static void close(Link link) {
        link.close().toCompletableFuture().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        opened.forEach(Links::close);
        contexts.forEach(TestLinkContext::close);
    }
}
