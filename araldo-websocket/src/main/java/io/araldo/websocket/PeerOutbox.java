package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Outcome;
import io.araldo.Payload;
import io.araldo.Strain;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out to a peer: masked frames in a bounded {@link FrameQueue}, and {@link Confirmations} of what was
 * written. All methods may be called from any thread, and none blocks; acknowledgements are called without a lock.
 */
final class PeerOutbox {
    private final FrameQueue queue = new FrameQueue();
    private final SessionWriter writer;
    private final int maxMessages;
    private final long maxBytes;
    private final Strain full;
    private final MaskingKeys keys = new MaskingKeys();

    /** Also held while a frame is queued, so that messages have one order here and in the queue. The queue's lock within. */
    private final Object order = new Object();

    /** Guarded by order. */
    private final Confirmations confirmations = new Confirmations();

    /** In the writer's queue or being written; guarded by order. */
    private long waitingBytes;

    /**
     * An empty one.
     *
     * @param full shows when a message finds no room
     */
    PeerOutbox(Wire wire, int maxMessages, long maxBytes, Strain full) {
        this.writer = new SessionWriter(wire, queue);
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.full = full;
    }

    /** A fence is nobody's message. */
    private static final Outgoing FENCE = new Outgoing() {
        @Override
        public void written() {}

        @Override
        public void lost(DropReason reason) {}

        @Override
        public void interrupted() {}
    };

    SessionWriter writer() {
        return writer;
    }

    /** Queues a message; {@link #flush} writes it. */
    void send(Payload payload, Acknowledgement acknowledgement) {
        Frame frame = Frame.message(payload).masked(keys.next());
        PeerMessage message = new PeerMessage(acknowledgement, frame.size(), this::released);
        DropReason refused;
        synchronized (order) {
            refused = offer(frame, message);
        }
        if (refused == DropReason.OVERFLOW) {
            full.shows();
        }
        if (refused != null) {
            message.answer(Outcome.dropped(refused));
        }
    }

    /** Guarded by order. */
    private @Nullable DropReason offer(Frame frame, PeerMessage message) {
        if (isFull(frame)) {
            return DropReason.OVERFLOW;
        }
        if (!queue.offer(frame, message)) {
            return DropReason.NOT_WRITABLE;
        }
        waitingBytes += frame.size();
        confirmations.add(message);
        return null;
    }

    /** Guarded by order. */
    private boolean isFull(Frame frame) {
        return confirmations.size() >= maxMessages || (waitingBytes > 0 && waitingBytes + frame.size() > maxBytes);
    }

    private void released(int frameBytes) {
        synchronized (order) {
            waitingBytes -= frameBytes;
        }
    }

    /** Writes what has gathered, with a fence behind it. */
    void flush() {
        synchronized (order) {
            if (confirmations.wantsFence() && confirmations.allowsFence()) {
                queueFence();
            }
        }
        writer.flush();
    }

    /** Guarded by order. */
    private void queueFence() {
        if (writer.isOpen()) {
            queue.offer(Frame.ping(confirmations.fence()).masked(keys.next()), FENCE);
        }
    }

    /** Asks whether the peer is there. */
    void ping() {
        writer.control(Frame.ping().masked(keys.next()));
    }

    /** The peer has read what its pong says, and a fence may be free for what has been written since. */
    void pong(ByteBuffer payload) {
        List<PeerMessage> confirmed;
        boolean isDue;
        synchronized (order) {
            confirmed = confirmations.confirmedBy(payload);
            isDue = confirmations.wantsFence();
        }
        Confirmations.answer(confirmed, Outcome.delivered());
        if (isDue) {
            flush();
        }
    }

    /** Stops waiting for the confirmation of what was written at this time or before. */
    void giveUpWrittenBy(long nanos) {
        List<PeerMessage> givenUp;
        synchronized (order) {
            givenUp = confirmations.giveUpWrittenBy(nanos);
        }
        Confirmations.answer(givenUp, Outcome.unknown());
    }

    /** Takes nothing more, writes what has gathered, the last fence, and a Close frame. */
    void close(CloseCode code) {
        synchronized (order) {
            if (confirmations.wantsFence()) {
                queueFence();
            }
        }
        writer.close(Frame.close(code).masked(keys.next()));
    }

    /** Takes nothing more, gives up what has gathered, and writes a Close frame of ours. */
    void closeNow(CloseCode code) {
        writer.closeNow(Frame.close(code).masked(keys.next()), DropReason.NOT_WRITABLE);
    }

    /** The connection is gone: what was not written is dropped, and of what was written we do not know. */
    void end() {
        writer.end();
        List<PeerMessage> unknown;
        synchronized (order) {
            unknown = confirmations.giveUpAll();
        }
        Confirmations.answer(unknown, Outcome.unknown());
    }
}
