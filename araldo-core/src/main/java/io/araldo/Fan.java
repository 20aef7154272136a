package io.araldo;

/** Several parts of one message, on their way to several targets or out of a split: ended with the last of them. */
final class Fan implements Whole {
    private final Whole whole;

    /** Guarded by this. */
    private int unended;

    /** Of the parts that have ended; guarded by this. */
    private Outcome outcome = Outcome.filtered();

    Fan(Whole whole, int parts) {
        this.whole = whole;
        this.unended = parts;
    }

    @Override
    public void ended(Lane lane, Outcome partOutcome) {
        Outcome all;
        synchronized (this) {
            all = outcome.and(partOutcome);
            outcome = all;
            if (--unended > 0) {
                return;
            }
        }
        whole.ended(lane, all);
    }
}
