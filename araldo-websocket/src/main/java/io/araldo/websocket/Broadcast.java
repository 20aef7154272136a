package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A message for several rooms or sessions, and its one answer: delivered with the first that has it; dropped when the last
 * has gone without it. Any thread.
 */
final class Broadcast implements Acknowledgement {
    private final Acknowledgement acknowledgement;
    private final AtomicInteger unanswered;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** For so many, at least one. */
    Broadcast(Acknowledgement acknowledgement, int addressees) {
        this.acknowledgement = acknowledgement;
        this.unanswered = new AtomicInteger(addressees);
    }

    @Override
    public void acknowledge(Outcome outcome) {
        boolean isLast = unanswered.decrementAndGet() == 0;
        if ((isLast || outcome.kind() == Outcome.Kind.DELIVERED) && answered.compareAndSet(false, true)) {
            acknowledgement.acknowledge(outcome);
        }
    }
}
