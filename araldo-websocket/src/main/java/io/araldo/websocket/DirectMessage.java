package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Outcome;

/** A message for one session, and its answer. */
record DirectMessage(Acknowledgement acknowledgement) implements Outgoing {
    @Override
    public void written() {
        acknowledgement.acknowledge(Outcome.delivered());
    }

    @Override
    public void lost(DropReason reason) {
        acknowledgement.acknowledge(Outcome.dropped(reason));
    }

    /** A client that is gone has no use for what it may have got last. */
    @Override
    public void interrupted() {
        lost(DropReason.NOT_WRITABLE);
    }
}
