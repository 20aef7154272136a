package io.araldo.websocket;

import io.araldo.DropReason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one connection: writes what its {@link Backlog} holds, one write at a time. While one is under way,
 * messages gather, so an idle connection gets its message at once and a busy one gets many per system call. Nothing
 * follows a Close frame. All methods may be called from any thread, and none blocks.
 *
 * <p>Messages wait until {@link #flush}; control frames and Close frames do not. The wire, and what is told of a write,
 * are called without a lock.
 */
final class SessionWriter {
    /** Answers to pings, mostly. A client that does not read them is at fault. */
    private static final int MAX_CONTROL_BYTES = 1 << 16;

    /** Nobody has looked at the present write yet. */
    private static final long UNSEEN = -1;

    /** Where the writer is: only ever onward, one step or more. */
    private enum State {
        OPEN,
        /** The Close frame waits for what has gathered; nothing more is taken. */
        CLOSING,
        /** The Close frame is being written, or is written. */
        CLOSE_SENT,
        /** The connection is gone. */
        ENDED
    }

    /** One write, which is told when it is done. */
    private final class Batch implements Consumer<@Nullable Throwable> {
        final Backlog.@Nullable Load load;
        final List<ByteBuffer> buffers = new ArrayList<>(1);

        /** When it is done: whether there may be something to write by then, which nobody else will. */
        boolean isFollowed;

        private final AtomicBoolean oneIsDone = new AtomicBoolean();

        Batch(Backlog.@Nullable Load load) {
            this.load = load;
        }

        @Override
        public void accept(@Nullable Throwable failure) {
            done(this, failure);
            if (isSecond() && isFollowed) {
                flush();
            }
        }

        /**
         * The thread that started the write, and the one that learns of its end, both ask; whoever is second goes on
         * with the next write. So writes that are done at once make a loop and not a recursion.
         */
        boolean isSecond() {
            return !oneIsDone.compareAndSet(false, true);
        }
    }

    private final Wire wire;
    private final Backlog backlog;

    /** All below: guarded by this, within which the backlog's own lock is taken. */
    private State state = State.OPEN;

    private boolean writing;
    private boolean peerIsDone;
    private final ArrayDeque<Frame> control = new ArrayDeque<>(0);
    private int controlBytes;
    private @Nullable Frame closeFrame;

    /** {@link System#nanoTime} at which the present write was first seen, or last seen to have got on. */
    private long movedAt;

    /** How much of it was left then. A write that is done at once is never seen, so it does not ask for the time. */
    private long unwritten = UNSEEN;

    SessionWriter(Wire wire, Backlog backlog) {
        this.wire = wire;
        this.backlog = backlog;
    }

    /** Starts to write what has gathered, unless a write is under way; then it follows that. */
    void flush() {
        Batch batch = next();
        while (batch != null) {
            wire.write(batch.buffers, batch);
            batch = batch.isSecond() && batch.isFollowed ? next() : null;
        }
    }

    /** Writes a ping or a pong, ahead of the messages. */
    void control(Frame frame) {
        boolean tooMany;
        synchronized (this) {
            if (state != State.OPEN) {
                return;
            }
            control.add(frame);
            controlBytes += frame.size();
            tooMany = controlBytes > MAX_CONTROL_BYTES;
        }
        if (tooMany) {
            wire.terminate();
        } else {
            flush();
        }
    }

    /** Takes nothing more, writes what has gathered, and then a Close frame. */
    void close(Frame close) {
        if (beginClose(close)) {
            flush();
        }
    }

    /** Takes nothing more, gives up what has gathered, and writes a Close frame. */
    void closeNow(Frame close, DropReason reason) {
        if (beginClose(close)) {
            backlog.giveUp(reason);
            flush();
        }
    }

    private boolean beginClose(Frame close) {
        synchronized (this) {
            if (state != State.OPEN) {
                return false;
            }
            state = State.CLOSING;
            closeFrame = close;
            backlog.seal();
            return true;
        }
    }

    /** The client has sent its Close frame: once ours is written, the connection is closed (RFC 6455 7.1.1). */
    void peerIsDone() {
        boolean bothAre;
        synchronized (this) {
            peerIsDone = true;
            bothAre = state == State.CLOSE_SENT && !writing;
        }
        if (bothAre) {
            wire.close();
        }
    }

    /** The connection is gone. */
    void end() {
        synchronized (this) {
            state = State.ENDED;
            control.clear();
            controlBytes = 0;
        }
        backlog.giveUp(DropReason.NOT_WRITABLE);
    }

    boolean isOpen() {
        synchronized (this) {
            return state == State.OPEN;
        }
    }

    /** Whether a write is under way: the connection did not take all of it at once. */
    boolean isWriting() {
        synchronized (this) {
            return writing;
        }
    }

    /** Tries to write more at once, if a write is under way. */
    void retry() {
        if (isWriting()) {
            wire.retry();
        }
    }

    /**
     * Whether one write has been seen under way at this time or before, and nothing of it has gone out since. It is seen by
     * asking: what began or went out since the last time counts as of now.
     */
    boolean isStalledSince(long nanos) {
        long left = wire.unwritten();
        synchronized (this) {
            if (left != unwritten) {
                unwritten = left;
                movedAt = System.nanoTime();
            }
            return writing && movedAt - nanos <= 0;
        }
    }

    private @Nullable Batch next() {
        synchronized (this) {
            if (writing || state == State.CLOSE_SENT || state == State.ENDED) {
                return null;
            }
            Batch batch = new Batch(backlog.next());
            if (controlBytes > 0) {
                control.forEach(frame -> batch.buffers.add(frame.view()));
                control.clear();
                controlBytes = 0;
            }
            if (batch.load != null) {
                batch.load.addTo(batch.buffers);
            } else if (state == State.CLOSING && closeFrame != null) {
                batch.buffers.add(closeFrame.view());
                state = State.CLOSE_SENT;
            }
            writing = !batch.buffers.isEmpty();
            unwritten = UNSEEN;
            return writing ? batch : null;
        }
    }

    private void done(Batch batch, @Nullable Throwable failure) {
        boolean bothAreDone;
        synchronized (this) {
            writing = false;
            if (failure != null) {
                state = State.ENDED;
            }
            bothAreDone = state == State.CLOSE_SENT && peerIsDone;
            batch.isFollowed = batch.load == null || state == State.CLOSING || controlBytes > 0;
        }
        if (batch.load != null && failure == null) {
            batch.isFollowed |= batch.load.written();
        } else if (batch.load != null) {
            batch.load.interrupted();
        }
        if (failure != null) {
            wire.terminate();
        } else if (bothAreDone) {
            wire.close();
        }
    }
}
