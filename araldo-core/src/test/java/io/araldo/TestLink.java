package io.araldo;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The link of a {@link TestEndpoint}: remembers what it was asked, and on which thread. */
final class TestLink implements Link {
    /** What a relay sent. */
    record Sent(Message message, Acknowledgement acknowledgement, Thread thread) {
        String text() {
            return message.payload().text();
        }
    }

    /** What a relay said to what a test put in. */
    record Received(CompletableFuture<Void> ready, CompletableFuture<Outcome> outcome, AtomicInteger answers) {
        Outcome now() {
            return outcome.getNow(null);
        }
    }

    final Inbox inbox;
    final LinkContext context;
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final AtomicInteger flushes = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();

    private final TestEndpoint endpoint;

    /** What the methods of this link do instead of what they should, if anything. */
    private volatile Runnable onFlush = () -> {};

    private volatile Runnable onAddress = () -> {};
    private volatile Runnable onSend = () -> {};
    private volatile Runnable onHealth = () -> {};
    private volatile CompletionStage<Void> closing = CompletableFuture.completedFuture(null);
    private volatile Runnable onClose = () -> {};
    private volatile Supplier<Optional<Ledger.SessionCount>> sessions = Optional::empty;
    private volatile Outcome answer = Outcome.delivered();

    TestLink(TestEndpoint endpoint, Inbox inbox, LinkContext context) {
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.context = context;
    }

    TestLink onFlush(Runnable action) {
        onFlush = action;
        return this;
    }

    TestLink onSend(Runnable action) {
        onSend = action;
        return this;
    }

    TestLink onAddress(Runnable action) {
        onAddress = action;
        return this;
    }

    TestLink onHealth(Runnable action) {
        onHealth = action;
        return this;
    }

    TestLink onClose(Runnable action) {
        onClose = action;
        return this;
    }

    TestLink closing(CompletionStage<Void> stage) {
        closing = stage;
        return this;
    }

    TestLink answer(Outcome outcome) {
        answer = outcome;
        return this;
    }

    TestLink counting(Supplier<Optional<Ledger.SessionCount>> count) {
        sessions = count;
        return this;
    }

    @Override
    public Optional<Ledger.SessionCount> sessionCount() {
        return sessions.get();
    }

    Received receive(Message message) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        AtomicInteger answers = new AtomicInteger();
        CompletableFuture<Void> ready = inbox.received(stamped(message), told -> {
            answers.incrementAndGet();
            outcome.complete(told);
        });
        return new Received(ready, outcome, answers);
    }

    private Message stamped(Message message) {
        return message.origin().isClient() ? message : message.withOrigin(context.origin(null, null));
    }

    /** As a client of this session would send it. */
    Received receiveFrom(String session, Message message) {
        return receive(message.withOrigin(context.origin(session, null)));
    }

    void lose(String why) {
        inbox.lost(new EndpointException(why));
    }

    List<String> texts() {
        return sent.stream().map(Sent::text).toList();
    }

    @Override
    public void send(Message message, Acknowledgement acknowledgement) {
        Sent one = new Sent(message, acknowledgement, Thread.currentThread());
        if (!endpoint.hands(one)) {
            sent.add(one);
        }
        onSend.run();
        if (!endpoint.holds()) {
            acknowledgement.acknowledge(answer);
        }
    }

    /** Answers the message that was sent as the n-th, from 0 on. */
    void acknowledge(int index, Outcome outcome) {
        sent.get(index).acknowledgement().acknowledge(outcome);
    }

    /** As a link that opens only what it was asked for; see {@link TestEndpoint#thatOpensWhatIsNeeded}. */
    @Override
    public boolean serves(boolean receiving, boolean sending) {
        return !endpoint.isLean() || ((context.receives() || !receiving) && (context.sends() || !sending));
    }

    @Override
    public void flush() {
        flushes.incrementAndGet();
        onFlush.run();
    }

    @Override
    public URI address() {
        onAddress.run();
        return URI.create("test:" + endpoint.name());
    }

    @Override
    public Health health() {
        onHealth.run();
        return Health.up(Instant.EPOCH);
    }

    @Override
    public CompletionStage<Void> close() {
        closes.incrementAndGet();
        onClose.run();
        return closing;
    }
}
