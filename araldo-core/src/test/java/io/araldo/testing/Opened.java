package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Endpoint;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.Message;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** A link that a rule has opened, and what rules do with it. */
final class Opened {
    final Endpoint endpoint;
    final Link link;
    final TestLinkContext context;
    private final Inbox inbox;
    private final Bench bench;

    /** Whether it has ended as it should; written by any thread that closes it. */
    private volatile boolean closed;

    Opened(Bench bench, Endpoint endpoint, Inbox inbox, TestLinkContext context, Link link) {
        this.bench = bench;
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.context = context;
        this.link = link;
    }

    /** What it has received; of links that were opened with an inbox that remembers. */
    RecordingInbox inbox() {
        return (RecordingInbox) inbox;
    }

    /** Sends a text; what is gathered waits for a flush. */
    Answer gather(String text) {
        return gather(text, Message.text(text));
    }

    Answer gather(String text, Message message) {
        Answer answer = new Answer(text);
        link.send(message, answer);
        return answer;
    }

    /** Sends a text as a lane does that has no other. */
    Answer send(String text) {
        Answer answer = gather(text);
        link.flush();
        return answer;
    }

    /** Sends so many texts, {@code prefix-0} and so on, and flushes behind the last. */
    List<Answer> sendBatch(String prefix, int count) {
        List<Answer> answers = IntStream.range(0, count)
                .mapToObj(i -> gather(prefix + "-" + i))
                .toList();
        link.flush();
        return answers;
    }

    void awaitReceived(String text) {
        bench.until(() -> assertThat(inbox().texts()).contains(text));
    }

    /** Breaks the connection and waits until the link says so. */
    void lose() {
        bench.outside().cut();
        bench.until(() -> assertThat(inbox().losses()).as("losses").isNotEmpty());
    }

    /** Closes it and waits for the end. */
    void close() {
        bench.result(link.close());
        closed = true;
    }

    /** At the end of a rule, which has failed or passed already: not even the close is trusted. */
    void abandon() {
        if (closed) {
            context.close();
            return;
        }
        try {
            bench.start("closing", () -> link.close().toCompletableFuture().join())
                    .get(bench.outside().patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // A rule of its own tells.
        } finally {
            context.close();
        }
    }
}
