package io.araldo;

import org.jspecify.annotations.Nullable;

/**
 * One message on its way to one target of a route that has a {@link FailurePolicy}: sends it again, or has it handed to
 * the dead letters, when the target fails. In flight until it has ended for good.
 */
final class Attempts implements Whole {
    private final Leg leg;
    private final Message message;
    private final Whole whole;
    private final FailurePolicy policy;

    /** How often it was sent; of whoever has its turn: the lane, then the link that answers. */
    private int made = 1;

    /** The last answer, while it waits to be sent again; whoever takes it goes on. Guarded by this. */
    private @Nullable Outcome last;

    Attempts(Leg leg, Message message, Whole whole, FailurePolicy policy) {
        this.leg = leg;
        this.message = message;
        this.whole = whole;
        this.policy = policy;
    }

    @Override
    public void answered(Leg answering, Outcome outcome) {
        Lane lane = leg.lane;
        if (!policy.isFailure(outcome) || lane.isClosed()) {
            end(outcome);
        } else if (made < policy.attempts()) {
            await(outcome);
            lane.sendLater(this, policy.delayNanos(made));
        } else if (policy.deadLetter() == null) {
            end(outcome);
        } else {
            Throwable cause = causeOf(outcome);
            leg.free();
            leg.count(Outcome.failed(cause));
            lane.giveUp(message, made, cause, whole);
            lane.freed();
        }
    }

    @Override
    public void ended(Lane lane, Outcome outcome) {
        throw new IllegalStateException("one leg has no parts");
    }

    private synchronized void await(Outcome outcome) {
        last = outcome;
    }

    private synchronized @Nullable Outcome takeTurn() {
        Outcome turn = last;
        last = null;
        return turn;
    }

    synchronized boolean isWaiting() {
        return last != null;
    }

    /** Its time has come; called by whoever runs the lane. Does nothing if it has ended meanwhile. */
    void sendAgain(long now) {
        if (takeTurn() != null) {
            made++;
            leg.fly(message, this, now);
        }
    }

    /** Ends it as it failed last, if it waits to be sent again. */
    void close() {
        Outcome turn = takeTurn();
        if (turn != null) {
            end(turn);
        }
    }

    private void end(Outcome outcome) {
        leg.free();
        leg.count(outcome);
        whole.ended(leg.lane, outcome);
        leg.lane.freed();
    }

    private Throwable causeOf(Outcome outcome) {
        if (outcome.cause() != null) {
            return outcome.cause();
        }
        return new EndpointException("endpoint '" + leg.target.name() + "' "
                + (outcome.kind() == Outcome.Kind.UNKNOWN ? "did not answer" : "is not open"));
    }
}
