package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.Health;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.LinkContext.Lease;
import io.araldo.Message;
import io.araldo.Payload;
import io.araldo.Strain;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The live side of a {@link WebSocketClientEndpoint}: one connection, from its handshake to its end. */
final class ClientLink implements Link {
    private static final Duration LONGEST_SWEEP = Duration.ofMillis(500);
    private static final Duration SHORTEST_SWEEP = Duration.ofMillis(10);

    private final ClientOptions options;
    private final Inbox inbox;
    private final LinkContext context;
    private final Lease<ClientTransport> transport;
    private final PeerConnection connection;
    private final Instant opened;

    /** What messages were read from, if it echoes. */
    private final List<String> trail;

    private final Strain full;
    private final Strain silence;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** Complete when there is no connection any more; its deadlines are void then. */
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Not null once it has ended. */
    private volatile @Nullable Health down;

    /** Set with {@link #begin}; cancelled at the end. */
    private volatile @Nullable Future<?> sweep;

    ClientLink(ClientOptions options, Inbox inbox, LinkContext context, Lease<ClientTransport> transport, Wire wire) {
        this.options = options;
        this.inbox = inbox;
        this.context = context;
        this.transport = transport;
        this.trail = List.copyOf(options.resources());
        this.opened = context.clock().instant();
        this.full = Strain.of(
                context.clock(),
                "the outbox is full: see outboundMessages and outboundBytes, and whether the server reads");
        this.silence = Strain.of(context.clock(), "the answer to a ping is overdue");
        this.connection = new PeerConnection(this, options, wire, full, silence);
    }

    PeerConnection connection() {
        return connection;
    }

    /** The handshake is done. */
    void begin() {
        long period =
                Math.min(options.pingInterval().toNanos(), options.pongTimeout().toNanos()) / 4;
        period = Math.max(SHORTEST_SWEEP.toNanos(), Math.min(LONGEST_SWEEP.toNanos(), period));
        Runnable task = () -> connection.keepAlive(System.nanoTime());
        sweep = context.timer().scheduleWithFixedDelay(task, period, period, TimeUnit.NANOSECONDS);
        if (down != null) {
            stopSweep();
        }
    }

    private void stopSweep() {
        Future<?> running = sweep;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** For deadlines of the connection. A relay that has closed its timer has no more use for them. */
    void after(long time, TimeUnit unit, Runnable task) {
        if (down == null) {
            try {
                Future<?> deadline = context.timer().schedule(task, time, unit);
                ended.whenComplete((nothing, error) -> deadline.cancel(false));
            } catch (RejectedExecutionException e) {
                task.run();
            }
        }
    }

    // ---- as a target

    /** The address is not for us: it names a session of some server, and the marshaller carries it there, or not. */
    @Override
    public void send(Message message, Acknowledgement acknowledgement) {
        connection.outbox().send(message.payload(), acknowledgement);
    }

    @Override
    public void flush() {
        connection.outbox().flush();
    }

    // ---- as a source

    /** Takes what the peer sent together. */
    void batch(Runnable read) {
        inbox.batch(read);
    }

    /** The peer sent a message. It is no client: what its envelope says is trusted. */
    CompletableFuture<Void> received(Payload payload) {
        Message message = Message.of(payload).withOrigin(context.origin(null, null));
        return inbox.received(trail.isEmpty() ? message : message.withTrail(1, trail), Acknowledgement.ignored());
    }

    // ---- the link itself

    @Override
    public URI address() {
        return options.address();
    }

    @Override
    public Health health() {
        Health ended = down;
        return ended == null ? Health.of(opened, full, silence) : ended;
    }

    @Override
    public CompletableFuture<Void> close() {
        if (closing.compareAndSet(false, true) && down == null) {
            connection.close(CloseCode.GOING_AWAY);
        }
        return closed.copy();
    }

    /** The connection is gone, and everything that was sent is answered. */
    void ended(String why) {
        down = Health.down(context.clock().instant(), closing.get() ? "closed" : why);
        stopSweep();
        ended.complete(null);
        ClientTransport.giveBack(context.relay(), transport, closed);
        if (!closing.get()) {
            inbox.lost(options.problem("has lost", why, null));
        }
    }
}
