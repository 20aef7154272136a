package io.araldo;

import java.util.concurrent.atomic.LongAdder;

/** A route's way to one of its targets: sends there, and counts what becomes of it. */
final class Leg {
    final Lane lane;
    final Endpoint target;
    private final SupervisedLink link;
    private final Reports reports;
    private final LoopGuard guard;

    private final LongAdder offered = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final Drops dropped = new Drops();

    Leg(Lane lane, Endpoint target, SupervisedLink link, Reports reports) {
        this.lane = lane;
        this.target = target;
        this.link = link;
        this.reports = reports;
        this.guard = new LoopGuard(lane.route(), target);
    }

    void send(Message message, Flight flight) {
        offered.increment();
        DropReason refused = guard.refuses(message);
        if (refused == null) {
            link.send(message, flight);
        } else {
            flight.acknowledge(Outcome.dropped(refused));
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

    void answered(Flight flight, Outcome outcome) {
        lane.unanswered.remove(flight);
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

    private void dropped(Outcome outcome) {
        DropReason reason = outcome.reason() == null ? DropReason.NOT_WRITABLE : outcome.reason();
        dropped.count(reason);
        reports.dropped(lane.name(), reason);
    }

    private void failed(Outcome outcome) {
        failed.increment();
        reports.failed(lane.name(), outcome.cause());
    }

    Ledger.LegCount count(long inFlight) {
        return new Ledger.LegCount(
                offered.sum(), delivered.sum(), failed.sum(), unknown.sum(), dropped.counted(), inFlight);
    }
}
