package io.araldo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint without a transport, for tests and for trying out routes: it records what it is sent, and lets a test
 * inject what it receives. A handle, used by one relay at a time. All methods may be called from any thread and none
 * blocks. It cannot wait, as a broker's channel cannot.
 */
public final class MockEndpoint implements Endpoint {
    /** How many messages it remembers; beyond that it forgets the oldest. */
    public static final int REMEMBERED = 100_000;

    /** How many bytes of payload it remembers: 64 MiB; beyond that it forgets the oldest, all but the last message. */
    public static final long REMEMBERED_BYTES = 64 << 20;

    private final String name;
    private final Marshaller marshaller;

    /** Guarded by this. */
    private final Deque<Message> sent = new ArrayDeque<>();

    /** Of all payloads in {@link #sent}; guarded by this. */
    private long sentBytes;

    private volatile Outcome answer = Outcome.delivered();

    /** The link while a relay has this endpoint open; written under this. */
    private volatile @Nullable MockLink link;

    private MockEndpoint(String name, Marshaller marshaller) {
        this.name = Checks.name("endpoint name", name);
        this.marshaller = Checks.notNull("marshaller", marshaller);
    }

    /** A mock of this name that moves payloads as they are. */
    public static MockEndpoint create(String name) {
        return create(name, Marshaller.raw());
    }

    /** A mock of this name whose wire looks as the marshaller says. */
    public static MockEndpoint create(String name, Marshaller marshaller) {
        return new MockEndpoint(name, marshaller);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Marshaller marshaller() {
        return marshaller;
    }

    /** {@code false}. */
    @Override
    public boolean canWait() {
        return false;
    }

    /**
     * Makes the endpoint receive a message, whose payload is as it would come over the wire.
     *
     * @return completed with what became of it; never fails. {@link DropReason#NOT_WRITABLE} while no relay has this
     *     endpoint open
     */
    public CompletionStage<Outcome> receive(Message wire) {
        MockLink open = link;
        return open == null
                ? CompletableFuture.completedFuture(Outcome.dropped(DropReason.NOT_WRITABLE))
                : open.receive(Checks.notNull("message", wire));
    }

    /** {@link #receive(Message)} with a text. */
    public CompletionStage<Outcome> receive(String text) {
        return receive(Message.text(text));
    }

    /** Breaks the link, as a lost connection would; does nothing while no relay has this endpoint open. */
    public void lose(String why) {
        MockLink open = link;
        if (open != null) {
            open.lose(why);
        }
    }

    /** What it was sent, payloads as its marshaller wrote them, in the order of arrival: a copy. */
    public synchronized List<Message> sent() {
        return List.copyOf(sent);
    }

    /** Forgets what it was sent. */
    public synchronized void clear() {
        sent.clear();
        sentBytes = 0;
    }

    /** Answers what it is sent from now on with this outcome; at first {@link Outcome#delivered()}. */
    public void answer(Outcome outcome) {
        this.answer = Checks.notNull("outcome", outcome);
    }

    @Override
    public synchronized CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        if (link != null) {
            throw new EndpointException("mock endpoint '" + name
                    + "' is in use by another relay (expected: one relay at a time; create one for each)");
        }
        MockLink opened = new MockLink(this, inbox, context);
        link = opened;
        return CompletableFuture.completedFuture(opened);
    }

    synchronized void closed(MockLink closed) {
        if (link == closed) {
            link = null;
        }
    }

    synchronized Outcome record(Message message) {
        sent.addLast(message);
        sentBytes += message.payload().size();
        while (sent.size() > 1 && (sent.size() > REMEMBERED || sentBytes > REMEMBERED_BYTES)) {
            sentBytes -= sent.removeFirst().payload().size();
        }
        return answer;
    }

    @Override
    public String toString() {
        return "MockEndpoint.create(\"" + name + "\")";
    }
}
