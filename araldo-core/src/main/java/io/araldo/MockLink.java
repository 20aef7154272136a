package io.araldo;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** The live side of a {@link MockEndpoint}. */
final class MockLink implements Link {
    private final MockEndpoint endpoint;
    private final Inbox inbox;
    private final LinkContext context;
    private final Health up;
    private final AtomicBoolean ended = new AtomicBoolean();

    MockLink(MockEndpoint endpoint, Inbox inbox, LinkContext context) {
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.context = context;
        this.up = Health.up(context.clock().instant());
    }

    CompletionStage<Outcome> receive(Message wire) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Message stamped = wire.origin().isClient() ? wire : wire.withOrigin(context.origin(null, null));
        inbox.received(stamped, outcome::complete);
        return outcome;
    }

    void lose(String why) {
        if (ended.compareAndSet(false, true)) {
            endpoint.closed(this);
            inbox.lost(new EndpointException("mock endpoint '" + endpoint.name() + "': " + why));
        }
    }

    @Override
    public void send(Message message, Acknowledgement acknowledgement) {
        acknowledgement.acknowledge(ended.get() ? Outcome.dropped(DropReason.NOT_WRITABLE) : endpoint.record(message));
    }

    @Override
    public void flush() {}

    @Override
    public URI address() {
        return URI.create("mock:" + context.relay() + "/" + endpoint.name());
    }

    @Override
    public Health health() {
        return ended.get() ? Health.down(context.clock().instant(), "closed") : up;
    }

    @Override
    public CompletionStage<Void> close() {
        if (ended.compareAndSet(false, true)) {
            endpoint.closed(this);
        }
        return CompletableFuture.completedFuture(null);
    }
}
