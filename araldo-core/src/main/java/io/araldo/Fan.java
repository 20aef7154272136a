package io.araldo;

/** One message on its way to several targets of one route: finished with the last answer. */
final class Fan {
    private final Lane lane;
    private final Delivery delivery;

    /** Guarded by this. */
    private int unanswered;

    /** Of the targets that have answered; guarded by this. */
    private Outcome outcome = Outcome.filtered();

    Fan(Lane lane, Delivery delivery, int targets) {
        this.lane = lane;
        this.delivery = delivery;
        this.unanswered = targets;
    }

    void answered(Outcome legOutcome) {
        Outcome whole;
        synchronized (this) {
            whole = outcome.and(legOutcome);
            outcome = whole;
            if (--unanswered > 0) {
                return;
            }
        }
        lane.finished(delivery, whole);
    }
}
