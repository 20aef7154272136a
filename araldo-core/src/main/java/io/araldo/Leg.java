package io.araldo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A route's way to one of its targets: sends there, and counts what becomes of it. */
final class Leg {
    final Lane lane;
    final Endpoint target;
    private final SupervisedLink link;
    private final Reports reports;
    private final LoopGuard guard;
    private final FailurePolicy policy;
    private final boolean isPlain;

    private final LongAdder offered = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final Drops dropped = new Drops();

    /** The one message that has not ended, where the route retries; set by the lane, cleared by who ends it. */
    private volatile @Nullable Attempts current;

    /** One message on its way to one target: the acknowledgement that the target's link gets. */
    abstract static sealed class Flight implements Acknowledgement permits Delivery, Partial {
        private static final VarHandle STATE;
        private static final Object ANSWERED = new Object();

        static {
            try {
                STATE = MethodHandles.lookup().findVarHandle(Flight.class, "state", Object.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        /** {@code null} at first; its place in the list of what is unanswered while it is there; at last, answered. */
        private volatile @Nullable Object state;

        /** Set before anybody can answer. */
        private @Nullable Leg leg;

        /** The flight to this leg. A message that has one way only, as most have, is its own: one object for both. */
        static Flight on(Leg leg, Whole whole) {
            Flight flight =
                    whole instanceof Delivery delivery && delivery.isForOneRoute() ? delivery : new Partial(whole);
            flight.leg = leg;
            return flight;
        }

        /** What learns of the answer. */
        abstract Whole whole();

        Leg leg() {
            return Objects.requireNonNull(leg);
        }

        boolean isAnswered() {
            return state == ANSWERED;
        }

        /** Takes its place in the list, unless it was answered meanwhile. */
        boolean takes(Unanswered.Place place) {
            return STATE.compareAndSet(this, null, place);
        }

        /** The first answer counts. */
        @Override
        public void acknowledge(Outcome outcome) {
            Object before = STATE.getAndSet(this, ANSWERED);
            if (before == ANSWERED) {
                return;
            }
            Leg answering = leg();
            if (before instanceof Unanswered.Place place) {
                answering.lane.unanswered.remove(place);
            }
            whole().answered(answering, outcome != null ? outcome : answering.nothing());
        }
    }

    /** One flight of several, to other legs or of other attempts. */
    static final class Partial extends Flight {
        private final Whole whole;

        Partial(Whole whole) {
            this.whole = whole;
        }

        @Override
        Whole whole() {
            return whole;
        }
    }

    Leg(Lane lane, Endpoint target, SupervisedLink link, Reports reports) {
        this.lane = lane;
        this.target = target;
        this.link = link;
        this.reports = reports;
        this.guard = new LoopGuard(lane.route(), target);
        this.policy = lane.route().failures();
        this.isPlain = lane.route().isPlain();
    }

    /** Offers a message to the target; the whole learns what became of it in the end. */
    void send(Message message, Whole whole, long now) {
        offered.increment();
        fly(message, policy.isNone() ? whole : attempts(message, whole), now);
    }

    private Whole attempts(Message message, Whole whole) {
        Attempts attempts = new Attempts(this, message, whole, policy);
        if (policy.retries()) {
            current = attempts;
        }
        return attempts;
    }

    /** Sends it once. User code may have taken its time since now was: where there is some, the clock is asked again. */
    void fly(Message message, Whole whole, long now) {
        Flight flight = Flight.on(this, whole);
        DropReason refused = guard.refuses(message);
        if (refused == null) {
            link.send(message, flight);
        } else {
            flight.acknowledge(Outcome.dropped(refused));
        }
        if (!flight.isAnswered() && !lane.unanswered.add(flight, isPlain ? now : lane.nanos())) {
            flight.acknowledge(Outcome.unknown());
        }
    }

    /** Whether the next message must wait for the one before, which may have to be sent again. */
    boolean isBusy() {
        return current != null;
    }

    void free() {
        current = null;
    }

    /** Gives up what waits to be sent again. */
    void close() {
        Attempts attempts = current;
        if (attempts != null) {
            attempts.close();
        }
    }

    /** A hint: what a link throws here, against its contract, must not end the lane. */
    @SuppressWarnings("CatchThrowable")
    void flush() {
        try {
            link.flush();
        } catch (Throwable e) {
            reports.failed(
                    lane.name(),
                    new AraldoException(
                            "flush() of '" + target.name() + "' threw " + Reports.oneLine(e)
                                    + " (expected: it does not throw)",
                            e));
        }
    }

    /** What became of a message that was offered. */
    void count(Outcome outcome) {
        switch (outcome.kind()) {
            case DELIVERED -> delivered.increment();
            case DROPPED -> dropped(outcome);
            case FAILED -> failed(outcome);
            case UNKNOWN -> unknown.increment();
            case FILTERED, DEAD_LETTERED ->
                failed(Outcome.failed(new IllegalStateException("link of '" + target.name() + "' answered "
                        + outcome.kind() + " (expected: DELIVERED, DROPPED, FAILED or UNKNOWN)")));
        }
    }

    /** What a link has answered that answers {@code null}. */
    private Outcome nothing() {
        return Outcome.failed(
                new IllegalStateException("link of '" + target.name() + "' answered null (expected: an outcome)"));
    }

    private void dropped(Outcome outcome) {
        DropReason reason = outcome.reason() == null ? DropReason.NOT_WRITABLE : outcome.reason();
        dropped.count(reason);
        reports.dropped(lane.name(), reason);
    }

    private void failed(Outcome outcome) {
        failed.increment();
        reports.failed(lane.name(), outcome.cause());
    }

    Ledger.LegCount count() {
        Attempts attempts = current;
        long inFlight = lane.unanswered.count(this) + (attempts != null && attempts.isWaiting() ? 1 : 0);
        return new Ledger.LegCount(
                offered.sum(), delivered.sum(), failed.sum(), unknown.sum(), dropped.counted(), inFlight);
    }
}
