package io.araldo.websocket;

import io.araldo.DropReason;
import io.araldo.Payload;
import io.araldo.Strain;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a {@link ClientLink} after its handshake: its way in, and its end. The way in ({@link #read})
 * belongs to the I/O thread of the connection; everything else may be called from any thread, and nothing blocks.
 */
final class PeerConnection implements TyrusPeer, FrameDecoder.Receiver {
    /** How long the peer may take to do its part of a close. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a message may wait for its confirmation while we do not read, and so cannot see it. */
    private static final long BLIND_NANOS = 1_000_000_000L;

    private final ClientLink link;
    private final ClientOptions options;
    private final Wire wire;
    private final PeerOutbox outbox;
    private final Strain silence;

    /** Of the I/O thread. */
    private final FrameDecoder decoder;

    /** Of the I/O thread: both set once, with {@link #begin}. */
    private Consumer<ByteBuffer> controls = frame -> {};

    private Runnable release = () -> {};

    /** Of the I/O thread: what the messages of the present read must wait for. */
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);

    /** How to read on, while reading is paused; taken by whoever comes first, the inbox or the end. */
    private final AtomicReference<@Nullable Runnable> paused = new AtomicReference<>();

    /** Why it ends; the first reason counts. */
    private final AtomicReference<@Nullable String> why = new AtomicReference<>();

    private final AtomicBoolean ended = new AtomicBoolean();

    /** {@link System#nanoTime}; written by the I/O thread, and by whoever resumes. */
    private volatile long lastRead = System.nanoTime();

    /** When the ping went out that is not answered; 0 if there is none. Of the timer's thread. */
    private long pinged;

    /**
     * A connection that has been made.
     *
     * @param full shows when a message finds no room
     * @param silence holds while a pong is overdue: for more than half of the time that the peer has for it
     */
    PeerConnection(ClientLink link, ClientOptions options, Wire wire, Strain full, Strain silence) {
        this.link = link;
        this.options = options;
        this.wire = wire;
        this.outbox = new PeerOutbox(wire, options.outboundMessages(), options.outboundBytes(), full);
        this.silence = silence;
        this.decoder = new FrameDecoder(FrameDecoder.Sender.SERVER, options.maxMessageBytes(), this);
    }

    PeerOutbox outbox() {
        return outbox;
    }

    @Override
    public SessionWriter writer() {
        return outbox.writer();
    }

    @Override
    public String description() {
        return "The connection of endpoint '" + options.name() + "' to " + options.address();
    }

    // ---- the way in

    /**
     * Completes the making of the connection.
     *
     * @param controls where pings, pongs and Close frames go: Tyrus
     * @param release called once, at the end
     */
    void begin(Consumer<ByteBuffer> controls, Runnable release) {
        this.controls = controls;
        this.release = release;
    }

    /**
     * Takes what came over the connection.
     *
     * @return complete when the connection may be read again
     */
    @SuppressWarnings("CatchThrowable") // such as a memory that is full: a part of what was sent would be missing
    CompletableFuture<Void> read(ByteBuffer data) {
        lastRead = System.nanoTime();
        try {
            link.batch(() -> take(data));
        } catch (Throwable e) {
            why.compareAndSet(null, "reading from it failed: " + e);
            wire.terminate();
            return CompletableFuture.completedFuture(null);
        }
        CloseCode violation = decoder.violation();
        if (violation != null) {
            fail(violation);
        }
        if (decoder.closeSeen()) {
            writer().peerIsDone();
        }
        CompletableFuture<Void> until = room;
        room = CompletableFuture.completedFuture(null);
        return until;
    }

    private void take(ByteBuffer data) {
        while (data.hasRemaining()) {
            decoder.next(data);
        }
    }

    /** While we close, the peer may still send; its messages have nowhere to go, its pongs are welcome. */
    @Override
    public void message(Payload payload) {
        if (writer().isOpen()) {
            CompletableFuture<Void> ready = link.received(payload);
            if (!ready.isDone() && ready != room) {
                room = room.isDone() ? ready : CompletableFuture.allOf(room, ready);
            }
        }
    }

    @Override
    public void control(ByteBuffer frame) {
        controls.accept(frame);
    }

    @Override
    public void pong(ByteBuffer payload) {
        outbox.pong(payload);
    }

    /** Reading has stopped; {@code resume} starts it again, once, when there is room or when the connection ends. */
    void pause(CompletableFuture<Void> until, Runnable resume) {
        paused.set(resume);
        until.whenComplete((nothing, error) -> resume());
        if (!writer().isOpen()) {
            resume();
        }
    }

    private void resume() {
        Runnable resume = paused.getAndSet(null);
        if (resume != null) {
            lastRead = System.nanoTime();
            resume.run();
        }
    }

    // ---- the end

    /** Ends the connection in order: what has gathered is written. */
    @Override
    public void close(CloseCode code) {
        why.compareAndSet(null, "closed with " + code.code() + " (" + code.reason() + ")");
        outbox.close(code);
        beginGrace();
    }

    /** Ends the connection with a peer that does what it must not. */
    private void fail(CloseCode code) {
        if (why.compareAndSet(null, "closed with " + code.code() + " (" + code.reason() + ")")) {
            outbox.closeNow(code);
            beginGrace();
        }
    }

    /** Why Tyrus is about to end the session: the peer asked for it, or broke the protocol. */
    @Override
    public void protocolCode(CloseCode code) {
        String reason = code.reason() == null || code.reason().isEmpty() ? "" : " (" + code.reason() + ")";
        why.compareAndSet(null, "the server closed it with " + code.code() + reason);
    }

    /** Tyrus ends the session with this frame, masked already. */
    @Override
    public void protocolClose(Frame close) {
        if (!ended.get()) {
            writer().closeNow(close, DropReason.NOT_WRITABLE);
            beginGrace();
        }
    }

    private void beginGrace() {
        link.after(GRACE.toMillis(), TimeUnit.MILLISECONDS, wire::terminate);
        resume();
    }

    /** The connection is gone. */
    void connectionEnded() {
        if (ended.compareAndSet(false, true)) {
            why.compareAndSet(null, "the connection broke, without a Close frame");
            outbox.end();
            resume();
            release.run();
            link.ended(String.valueOf(why.get()));
        }
    }

    /** Once in a while, by the timer's thread: a ping for a peer that is silent, and an end for one that stays so. */
    void keepAlive(long now) {
        if (paused.get() != null) {
            outbox.giveUpWrittenBy(now - BLIND_NANOS);
        }
        if (paused.get() != null || !writer().isOpen() || (pinged != 0 && lastRead - pinged >= 0)) {
            pinged = 0;
            silence.ends();
        } else if (pinged != 0 && now - pinged >= options.pongTimeout().toNanos()) {
            why.compareAndSet(
                    null, "no answer to a ping within " + options.pongTimeout().toMillis() + " ms");
            wire.terminate();
        } else if (pinged != 0 && now - pinged >= options.pongTimeout().toNanos() / 2) {
            silence.begins();
        } else if (pinged == 0 && now - lastRead >= options.pingInterval().toNanos()) {
            pinged = now;
            outbox.ping();
        }
    }
}
