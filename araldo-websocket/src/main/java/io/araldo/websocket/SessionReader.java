package io.araldo.websocket;

import io.araldo.Payload;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The way in of one session, on a port of our own: takes the messages from what its connection brings, as long as there is
 * room for them, and keeps the rest. All of it belongs to the I/O thread of the connection.
 */
final class SessionReader implements FrameDecoder.Receiver {
    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Session session;
    private final FrameDecoder decoder;

    /** Where pings, pongs and Close frames go; set once, before the first read. */
    private Consumer<ByteBuffer> controls = frame -> {};

    /** What the messages of the present read must wait for. */
    private CompletableFuture<Void> ready = READY;

    /** What was read while there was no room for it. */
    private ByteBuffer rest = NOTHING;

    SessionReader(Session session, int maxMessageBytes) {
        this.session = session;
        this.decoder = new FrameDecoder(FrameDecoder.Sender.CLIENT, maxMessageBytes, this);
    }

    /** Where pings, pongs and Close frames go. */
    void begin(Consumer<ByteBuffer> to) {
        controls = to;
    }

    void read(ByteBuffer data) {
        take(data);
        if (data.hasRemaining()) {
            rest = ByteBuffer.allocate(data.remaining()).put(data).flip();
        }
    }

    /** Takes what was kept. */
    void readOn() {
        take(rest);
        if (!rest.hasRemaining()) {
            rest = NOTHING;
        }
    }

    private void take(ByteBuffer data) {
        while (data.hasRemaining() && ready.isDone()) {
            decoder.next(data);
            CloseCode violation = decoder.violation();
            if (violation != null) {
                session.close(violation);
            }
            if (decoder.closeSeen()) {
                session.writer().peerIsDone();
            }
        }
    }

    @Override
    public void message(Payload payload) {
        if (session.writer().isOpen()) {
            session.received(payload);
        }
    }

    @Override
    public void control(ByteBuffer frame) {
        if (session.writer().isOpen()) {
            controls.accept(frame);
        }
    }

    /** A message was in it that must wait so long, as must all that follow. */
    void waitsFor(CompletableFuture<Void> next) {
        if (!next.isDone() && next != ready) {
            ready = ready.isDone() ? next : CompletableFuture.allOf(ready, next);
        }
    }

    /** What to wait for before reading on; nothing, if the connection may be read again. */
    Optional<CompletableFuture<Void>> untilReady() {
        CompletableFuture<Void> until = ready;
        ready = READY;
        return until.isDone() && !rest.hasRemaining() ? Optional.empty() : Optional.of(until);
    }
}
