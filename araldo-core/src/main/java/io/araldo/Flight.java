package io.araldo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** One message on its way to one target: the acknowledgement that the target's link gets. */
final class Flight implements Acknowledgement {
    private static final VarHandle ANSWERED;

    static {
        try {
            ANSWERED = MethodHandles.lookup().findVarHandle(Flight.class, "answered", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Leg leg;
    final long sentNanos;

    /** The list of what is unanswered is threaded through the flights; guarded by it. */
    @Nullable
    Flight previous;

    @Nullable
    Flight next;

    boolean isListed;

    private final Whole whole;

    /** The first answer counts. */
    private volatile boolean answered;

    Flight(Leg leg, Whole whole, long sentNanos) {
        this.leg = leg;
        this.whole = whole;
        this.sentNanos = sentNanos;
    }

    boolean isAnswered() {
        return answered;
    }

    @Override
    public void acknowledge(Outcome outcome) {
        if (!ANSWERED.compareAndSet(this, false, true)) {
            return;
        }
        leg.lane.unanswered.remove(this);
        whole.answered(leg, outcome);
    }
}
