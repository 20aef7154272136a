package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * One message on its way to a peer, and its one answer. That it is written is no answer yet: {@link Confirmations}
 * waits for the peer to have read it. All methods may be called from any thread.
 */
final class PeerMessage implements Outgoing {
    private final Acknowledgement acknowledgement;
    private final int frameBytes;
    private final IntConsumer released;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** {@link System#nanoTime} when it was written; 0 while it is not. */
    private volatile long writtenNanos;

    /**
     * A message that waits.
     *
     * @param frameBytes what it holds of the bound
     * @param released told, once, of these bytes when the message is not in our hands any more
     */
    PeerMessage(Acknowledgement acknowledgement, int frameBytes, IntConsumer released) {
        this.acknowledgement = acknowledgement;
        this.frameBytes = frameBytes;
        this.released = released;
    }

    @Override
    public void written() {
        writtenNanos = System.nanoTime() | 1;
        released.accept(frameBytes);
    }

    @Override
    public void lost(DropReason reason) {
        released.accept(frameBytes);
        answer(Outcome.dropped(reason));
    }

    @Override
    public void interrupted() {
        released.accept(frameBytes);
        answer(Outcome.unknown());
    }

    /** Whether it was written at this time or before. */
    boolean isWrittenBy(long nanos) {
        long written = writtenNanos;
        return written != 0 && written - nanos <= 0;
    }

    void answer(Outcome outcome) {
        if (answered.compareAndSet(false, true)) {
            acknowledgement.acknowledge(outcome);
        }
    }
}
