package io.araldo;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** The live side of a {@link LocalEndpoint}: sending calls the handler, receiving goes to the inbox. */
final class LocalLink implements Link {
    private final LocalEndpoint endpoint;
    private final Inbox inbox;
    private final LinkContext context;
    private final Origin origin;
    private final Health up;

    private volatile boolean closed;

    LocalLink(LocalEndpoint endpoint, Inbox inbox, LinkContext context) {
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.context = context;
        this.origin = context.origin(null, null);
        this.up = Health.up(context.clock().instant());
    }

    /** What a sender gets, and the acknowledgement that completes it: one object, since there is one for each message. */
    private static class Answer extends CompletableFuture<Outcome> implements Acknowledgement {
        @Override
        public void acknowledge(Outcome outcome) {
            complete(outcome);
        }
    }

    /** That of a sender that must not wait: a route that is full drops the message, whatever else it does when it is. */
    static final class Hasty extends Answer {}

    /** What the application sends is what this link receives. */
    CompletionStage<Outcome> receive(Message message) {
        if (mustNotWait()) {
            return receiveAtOnce(message);
        }
        Answer outcome = new Answer();
        await(inbox.received(message.withOrigin(origin), outcome));
        return outcome;
    }

    /** As {@link #receive}, but never waits. */
    CompletionStage<Outcome> receiveAtOnce(Message message) {
        Hasty outcome = new Hasty();
        inbox.received(message.withOrigin(origin), outcome);
        return outcome;
    }

    /** An interrupted thread does not wait either: without this, a producer that goes on would fill the memory. */
    private static boolean mustNotWait() {
        return RelayThread.isCurrent() || Thread.currentThread().isInterrupted();
    }

    /** An interrupt ends the wait, not the message, which was taken. */
    private static void await(CompletableFuture<Void> ready) {
        try {
            ready.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("what an inbox returns never fails", e);
        }
    }

    @Override
    public void send(Message message, Acknowledgement acknowledgement) {
        if (closed) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NOT_WRITABLE));
            return;
        }
        acknowledgement.acknowledge(handled(message));
    }

    /** User code: whatever it throws, an {@code Error} too, is the message's failure and not the lane's. */
    @SuppressWarnings("CatchThrowable")
    private Outcome handled(Message message) {
        try {
            endpoint.deliver(message);
            return Outcome.delivered();
        } catch (Throwable e) {
            return Outcome.failed(e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public URI address() {
        return URI.create("local:" + context.relay() + "/" + endpoint.name());
    }

    @Override
    public Health health() {
        return closed ? Health.down(context.clock().instant(), "closed") : up;
    }

    @Override
    public CompletionStage<Void> close() {
        closed = true;
        endpoint.closed(this);
        return CompletableFuture.completedFuture(null);
    }
}
