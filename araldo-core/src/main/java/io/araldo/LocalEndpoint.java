package io.araldo;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The application's own end of a relay: it sends into the relay, and gets what routes send to it. A handle, used by one
 * relay at a time; made once, and still there after the relay was closed. All methods may be called from any thread.
 */
public final class LocalEndpoint implements Endpoint {
    private final String name;
    private final PendingRequests requests = new PendingRequests();

    private volatile Consumer<Message> handler = message -> {};

    /** The link while a relay has this endpoint open; set and cleared by the link itself. */
    private volatile @Nullable LocalLink link;

    private LocalEndpoint(String name) {
        this.name = Checks.name("endpoint name", name);
    }

    /** An endpoint of this name, with no handler yet. */
    public static LocalEndpoint create(String name) {
        return new LocalEndpoint(name);
    }

    @Override
    public String name() {
        return name;
    }

    /** {@link Marshaller#raw()}: there is no wire. */
    @Override
    public Marshaller marshaller() {
        return Marshaller.raw();
    }

    /** {@code true}: {@link #send} waits. */
    @Override
    public boolean canWait() {
        return true;
    }

    /**
     * Sends a message into the routes that begin here. While one of them is full and its overflow is
     * {@link Overflow#BLOCK}, this waits, so that a producer goes at the pace of its route; on a thread of a relay
     * (in a handler, a filter, in what depends on an outcome), and on one that is interrupted, it never waits: each
     * of them that has no room drops the message instead ({@link DropReason#OVERFLOW}) and counts it.
     *
     * @return completed with what became of the message; never fails. {@link DropReason#NOT_WRITABLE} while no relay
     *     has this endpoint open. An interrupt ends the wait and is kept; the message was taken. It may be completed on
     *     a thread of the relay or of a target's transport, which counts as one of the relay's meanwhile: do not block in
     *     what depends on it
     */
    public CompletionStage<Outcome> send(Message message) {
        Checks.notNull("message", message);
        LocalLink open = link;
        return open == null ? notWritable() : open.receive(message);
    }

    private static CompletionStage<Outcome> notWritable() {
        return CompletableFuture.completedFuture(Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    /** {@link #send(Message)} with a text, to all. */
    public CompletionStage<Outcome> send(String text) {
        return send(Message.text(text));
    }

    /**
     * Answers a message that was received here: the reply goes to the session that sent it, with its correlation; see
     * {@link Message#reply}. Otherwise as {@link #send(Message)}.
     */
    public CompletionStage<Outcome> reply(Message request, Payload payload) {
        return send(request.reply(payload));
    }

    /** {@link #reply(Message, Payload)} with a text. */
    public CompletionStage<Outcome> reply(Message request, String text) {
        return reply(request, Payload.text(text));
    }

    /**
     * Sends a request and waits, without a thread, for its reply: the first message received here that carries the same
     * {@link Message#CORRELATION}. A reply is not given to the handler. Needs endpoints whose marshaller carries
     * headers, such as {@link Marshaller#json()}.
     *
     * <p>Never blocks, {@link Overflow#BLOCK} or not: while a route that begins here has no room, it drops the request
     * ({@link DropReason#OVERFLOW}). Who asks faster than is answered bounds the requests that it has on their way.
     *
     * @param timeout for sending and the reply together
     * @return the reply. Fails with {@link java.util.concurrent.TimeoutException} when there is none in time, and with
     *     {@link AraldoException} at once when the request was dropped or failed. Completed on a thread of the
     *     relay, or on one that counts as such meanwhile: do not block in what depends on it
     */
    public CompletionStage<Message> request(Message message, Duration timeout) {
        Checks.positive("timeout", timeout);
        // Not the id: the same message may be asked twice at once, and a client must not guess what another is asked.
        String correlation = UUID.randomUUID().toString();
        Message request = message.withHeader(Message.CORRELATION, correlation);
        CompletableFuture<Message> reply = requests.await(correlation, timeout);
        LocalLink open = link;
        CompletionStage<Outcome> sent = open == null ? notWritable() : open.receiveAtOnce(request);
        sent.thenAccept(outcome -> {
            if (outcome.kind() != Outcome.Kind.DELIVERED && outcome.kind() != Outcome.Kind.UNKNOWN) {
                reply.completeExceptionally(
                        new AraldoException("request " + message.id() + " was not sent: " + outcome));
            }
        });
        return reply;
    }

    /**
     * Sets what happens with messages that routes send here, instead of what was set before; at first they are taken
     * and nothing happens. The handler runs on the lane of the route, one message of a route at a time, and may be
     * called for two routes at once; while it blocks, its route waits. A message counts as delivered when it returns
     * and as failed when it throws.
     */
    public void onMessage(Consumer<Message> handler) {
        this.handler = Checks.notNull("handler", handler);
    }

    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        LocalLink opened = new LocalLink(this, inbox, context);
        synchronized (this) {
            if (link != null) {
                throw new EndpointException("local endpoint '" + name
                        + "' is in use by another relay (expected: one relay at a time; create one for each)");
            }
            link = opened;
        }
        return CompletableFuture.completedFuture(opened);
    }

    synchronized void closed(LocalLink closed) {
        if (link == closed) {
            link = null;
        }
    }

    /** Called by the link, on a lane. */
    void deliver(Message message) {
        if (!requests.complete(message)) {
            handler.accept(message);
        }
    }

    @Override
    public String toString() {
        return "LocalEndpoint.create(\"" + name + "\")";
    }
}
