package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Outcome;

/**
 * A message for one session, and its answer.
 *
 * @param holding of its frame, which others may be due to get, too
 */
record DirectMessage(Acknowledgement acknowledgement, OutboundBudget.Holding holding) implements Outgoing {
    @Override
    public void written() {
        end(Outcome.delivered());
    }

    @Override
    public void lost(DropReason reason) {
        end(Outcome.dropped(reason));
    }

    /** A client that is gone has no use for what it may have got last. */
    @Override
    public void interrupted() {
        lost(DropReason.NOT_WRITABLE);
    }

    private void end(Outcome outcome) {
        holding.release();
        acknowledgement.acknowledge(outcome);
    }
}
