package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One message on its way to the sessions that are due, and its one answer: delivered with the first session to which it
 * is written, or when none is due; dropped when the last of them has gone without it. All methods may be called from any
 * thread.
 */
final class Delivery implements Outgoing {
    private final Acknowledgement acknowledgement;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** Sessions that still have it before them, and one for the caller who is offering it. */
    private final AtomicInteger open = new AtomicInteger(1);

    private volatile Outcome ifNobodyGotIt = Outcome.delivered();

    Delivery(Acknowledgement acknowledgement) {
        this.acknowledgement = acknowledgement;
    }

    /** One more session is due. Called before the message is offered to it. */
    void due() {
        open.incrementAndGet();
    }

    /** No further session will be due. */
    void offered() {
        leave();
    }

    /** A session that was due has it. */
    @Override
    public void written() {
        answer(Outcome.delivered());
        leave();
    }

    /** A session that was due will not get it. */
    @Override
    public void lost(DropReason reason) {
        ifNobodyGotIt = Outcome.dropped(reason);
        leave();
    }

    /** A client that is gone has no use for what it may have got last. */
    @Override
    public void interrupted() {
        lost(DropReason.NOT_WRITABLE);
    }

    private void leave() {
        if (open.decrementAndGet() == 0) {
            answer(ifNobodyGotIt);
        }
    }

    private void answer(Outcome outcome) {
        if (!answered.get() && answered.compareAndSet(false, true)) {
            acknowledgement.acknowledge(outcome);
        }
    }
}
