package io.araldo.websocket;

import io.araldo.DropReason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one session: a bounded queue of frames, of which everything gathered goes out in one write, one write
 * at a time. While one is under way, messages gather, so an idle connection gets its message at once and a busy one gets
 * many per system call. Nothing follows a Close frame. All methods may be called from any thread, and none blocks.
 *
 * <p>Frames wait until {@link #flush}; control frames and Close frames do not. Acknowledgements and the wire are called
 * without a lock.
 */
final class SessionWriter {
    /** Answers to pings, mostly. A client that does not read them is at fault. */
    private static final int MAX_CONTROL_BYTES = 1 << 16;

    /** What became of an offered frame. */
    enum Offer {
        /** It will be written, or its delivery told that it was not. */
        TAKEN,
        /** The session is closing or gone. */
        CLOSED,
        /** It would go over the bounds. */
        FULL
    }

    /** Where the writer is: only ever onward, one step or more. */
    private enum State {
        OPEN,
        /** The Close frame waits for the write that is under way; nothing more is taken. */
        CLOSING,
        /** The Close frame is being written, or is written. */
        CLOSE_SENT,
        /** The connection is gone. */
        ENDED
    }

    private record Item(Frame frame, Outgoing delivery) {}

    /** One write. */
    private static final class Batch {
        final List<Item> items;
        final List<ByteBuffer> buffers = new ArrayList<>();
        private final AtomicBoolean oneIsDone = new AtomicBoolean();

        Batch(List<Item> items) {
            this.items = items;
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
    private final int maxMessages;
    private final long maxBytes;

    private final Object lock = new Object();

    /** All guarded by lock. */
    private State state = State.OPEN;

    private boolean writing;
    private boolean peerIsDone;
    private List<Item> queue = new ArrayList<>();
    private final ArrayDeque<Frame> control = new ArrayDeque<>();
    private @Nullable Frame closeFrame;

    /** Queued and in the present write. */
    private int messages;

    private long bytes;
    private int controlBytes;

    SessionWriter(Wire wire, int maxMessages, long maxBytes) {
        this.wire = wire;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Queues a message. */
    Offer offer(Frame frame, Outgoing delivery) {
        synchronized (lock) {
            if (state != State.OPEN) {
                return Offer.CLOSED;
            }
            if (messages >= maxMessages || (messages > 0 && bytes + frame.size() > maxBytes)) {
                return Offer.FULL;
            }
            queue.add(new Item(frame, delivery));
            messages++;
            bytes += frame.size();
            return Offer.TAKEN;
        }
    }

    /** Starts to write what has gathered, unless a write is under way; then it follows that. */
    void flush() {
        for (Batch batch = next(); batch != null; batch = next()) {
            Batch begun = batch;
            wire.write(begun.buffers, failure -> done(begun, failure));
            if (!begun.isSecond()) {
                return;
            }
        }
    }

    /** Writes a ping or a pong, ahead of the messages. */
    void control(Frame frame) {
        boolean tooMany;
        synchronized (lock) {
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
    void close(CloseCode code) {
        close(Frame.close(code));
    }

    /** Takes nothing more, writes what has gathered, and then this Close frame. */
    void close(Frame close) {
        if (beginClose(close)) {
            flush();
        }
    }

    /**
     * Takes nothing more, gives up what has gathered, and writes a Close frame.
     *
     * @return how many messages were given up
     */
    int closeNow(Frame close, DropReason reason) {
        List<Item> dropped;
        synchronized (lock) {
            if (!beginClose(close)) {
                return 0;
            }
            dropped = takeQueue();
            settle(dropped);
        }
        dropped.forEach(item -> item.delivery().lost(reason));
        flush();
        return dropped.size();
    }

    private boolean beginClose(Frame close) {
        synchronized (lock) {
            if (state != State.OPEN) {
                return false;
            }
            state = State.CLOSING;
            closeFrame = close;
            return true;
        }
    }

    /** The client has sent its Close frame: once ours is written, the connection is closed (RFC 6455 7.1.1). */
    void peerIsDone() {
        boolean bothAre;
        synchronized (lock) {
            peerIsDone = true;
            bothAre = state == State.CLOSE_SENT && !writing;
        }
        if (bothAre) {
            wire.close();
        }
    }

    /** The connection is gone. */
    void end() {
        List<Item> dropped;
        synchronized (lock) {
            state = State.ENDED;
            dropped = takeQueue();
            settle(dropped);
            control.clear();
        }
        dropped.forEach(item -> item.delivery().lost(DropReason.NOT_WRITABLE));
    }

    boolean isOpen() {
        synchronized (lock) {
            return state == State.OPEN;
        }
    }

    private @Nullable Batch next() {
        synchronized (lock) {
            if (writing || state == State.ENDED) {
                return null;
            }
            Batch batch = new Batch(takeQueue());
            control.forEach(frame -> batch.buffers.add(frame.view()));
            control.clear();
            controlBytes = 0;
            batch.items.forEach(item -> batch.buffers.add(item.frame().view()));
            if (state == State.CLOSING && closeFrame != null) {
                batch.buffers.add(closeFrame.view());
                state = State.CLOSE_SENT;
            }
            writing = !batch.buffers.isEmpty();
            return writing ? batch : null;
        }
    }

    private void done(Batch batch, @Nullable Throwable failure) {
        boolean bothAreDone;
        synchronized (lock) {
            writing = false;
            settle(batch.items);
            bothAreDone = state == State.CLOSE_SENT && peerIsDone;
        }
        for (Item item : batch.items) {
            if (failure == null) {
                item.delivery().written();
            } else {
                item.delivery().interrupted();
            }
        }
        if (failure != null) {
            wire.terminate();
        } else if (bothAreDone) {
            wire.close();
        }
        if (batch.isSecond()) {
            flush();
        }
    }

    /** Guarded by lock. */
    private List<Item> takeQueue() {
        if (queue.isEmpty()) {
            return List.of();
        }
        List<Item> taken = queue;
        queue = new ArrayList<>();
        return taken;
    }

    /** Guarded by lock. */
    private void settle(List<Item> items) {
        messages -= items.size();
        for (Item item : items) {
            bytes -= item.frame().size();
        }
    }
}
