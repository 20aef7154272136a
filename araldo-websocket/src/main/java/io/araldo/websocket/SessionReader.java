package io.araldo.websocket;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The way in of one session, on a port of our own: hands on to Tyrus what its connection brings, piece by piece, as long as
 * there is room for the messages in it, and keeps the rest. All of it belongs to the I/O thread of the connection.
 */
final class SessionReader {
    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Session session;
    private final FrameGuard guard;

    /** Set once, before the first read. */
    private Consumer<ByteBuffer> frames = data -> {};

    /** What the messages of the present read must wait for. */
    private CompletableFuture<Void> ready = READY;

    /** What was read while there was no room for it. */
    private ByteBuffer rest = NOTHING;

    SessionReader(Session session, int maxMessageBytes) {
        this.session = session;
        this.guard = new FrameGuard(maxMessageBytes);
    }

    /** Where what was read goes. */
    void begin(Consumer<ByteBuffer> to) {
        frames = to;
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
            ByteBuffer piece = guard.next(data);
            if (session.writer().isOpen() && piece.hasRemaining()) {
                frames.accept(piece);
            }
            CloseCode violation = guard.violation();
            if (violation != null) {
                session.close(violation);
            }
            if (guard.closeSeen()) {
                session.writer().peerIsDone();
            }
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
