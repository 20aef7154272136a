package io.araldo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of drops and failures without flooding anybody: the first of a kind at once, then once a second how many more.
 * Cheap enough for the path of every message; callable from any thread.
 */
final class Reports {
    private static final GuardedLog LOG = new GuardedLog();

    /** Kinds of errors are classes, places are routes: few. Beyond this, kinds are told together. */
    private static final int KINDS = 1_000;

    private final String relay;
    private final Consumer<RelayEvent> events;
    private final Map<Kind, Tally> tallies = new ConcurrentHashMap<>();

    Reports(String relay, Consumer<RelayEvent> events) {
        this.relay = relay;
        this.events = events;
    }

    private record Kind(String place, Object what) {}

    /** What happened since it was last told. */
    private static final class Tally {
        final LongAdder untold = new LongAdder();

        /** The last error, to show one; racy by intent. */
        volatile @Nullable Throwable cause;
    }

    void dropped(String place, DropReason reason) {
        Kind kind = new Kind(place, reason);
        Tally tally = tallies.get(kind);
        if (tally != null) {
            tally.untold.increment();
            tellIfGone(kind, tally);
        } else if (tallies.putIfAbsent(kind, new Tally()) == null) {
            tellDropped(kind, reason, 1);
        } else {
            dropped(place, reason);
        }
    }

    void failed(String place, @Nullable Throwable error) {
        Throwable cause = error != null ? error : new AraldoException("failed, without a cause");
        Kind kind = new Kind(place, tallies.size() < KINDS ? cause.getClass() : Throwable.class);
        Tally tally = tallies.get(kind);
        if (tally != null) {
            tally.cause = cause;
            tally.untold.increment();
            tellIfGone(kind, tally);
        } else if (tallies.putIfAbsent(kind, new Tally()) == null) {
            tellFailed(kind, cause, 1);
        } else {
            failed(place, error);
        }
    }

    /**
     * Tells a link; what its acknowledgement throws, against its contract, must not end the lane that tells it. Whoever
     * calls may be a transport's thread, and what an application does with an outcome must not make it wait.
     */
    @SuppressWarnings("CatchThrowable")
    void answer(String endpoint, Acknowledgement acknowledgement, Outcome outcome) {
        boolean isLent = RelayThread.lend();
        try {
            acknowledgement.acknowledge(outcome);
        } catch (Throwable e) {
            failed(
                    endpoint,
                    new AraldoException(
                            "an acknowledgement of '" + endpoint + "' threw " + oneLine(e)
                                    + " (expected: it does not throw)",
                            e));
        } finally {
            if (isLent) {
                RelayThread.giveBack();
            }
        }
    }

    /** Called once a second: tells what came since, and lets kinds go of which nothing came. */
    void tick() {
        tallies.forEach((kind, tally) -> {
            if (!tell(kind, tally)) {
                tallies.remove(kind, tally);
                tell(kind, tally);
            }
        });
    }

    /**
     * Whoever counts looks afterwards whether the tally was let go meanwhile, and whoever lets it go looks again whether
     * something was counted meanwhile: one of them sees it.
     */
    private void tellIfGone(Kind kind, Tally tally) {
        if (tallies.get(kind) != tally) {
            tell(kind, tally);
        }
    }

    /** Whether there was something to tell. */
    private boolean tell(Kind kind, Tally tally) {
        long count = tally.untold.sumThenReset();
        if (count > 0 && kind.what instanceof DropReason reason) {
            tellDropped(kind, reason, count);
        } else if (count > 0) {
            tellFailed(kind, tally.cause, count);
        }
        return count > 0;
    }

    private void tellDropped(Kind kind, DropReason reason, long count) {
        LOG.warn("relay '{}', '{}': {} dropped: {}", relay, kind.place, messages(count), reason);
        raise(new RelayEvent.MessagesDropped(kind.place, reason, count));
    }

    private void tellFailed(Kind kind, @Nullable Throwable error, long count) {
        Throwable cause = error != null ? speakable(error) : new AraldoException("failed, without a cause");
        LOG.warn("relay '{}', '{}': {} failed: {}", relay, kind.place, messages(count), oneLine(cause));
        LOG.debug("relay '{}', '{}':", relay, kind.place, cause);
        raise(new RelayEvent.MessagesFailed(kind.place, cause, count));
    }

    /** Whoever drops a message tells of it: it must not end by that, whatever becomes of the event. */
    @SuppressWarnings("CatchThrowable")
    private void raise(RelayEvent event) {
        try {
            events.accept(event);
        } catch (Throwable e) {
            LOG.warn("relay '{}': nobody could be told of {}: {}", relay, event, oneLine(e));
        }
    }

    /** The error itself, or one that stands for it: an error of the user's may throw when it is asked what it is. */
    @SuppressWarnings("CatchThrowable")
    private static Throwable speakable(Throwable error) {
        try {
            return error.toString().isBlank() || error.getStackTrace() == null
                    ? new AraldoException(error.getClass().getName())
                    : error;
        } catch (Throwable e) {
            return new AraldoException(error.getClass().getName() + ", which throws when it is asked for its text");
        }
    }

    private static String messages(long count) {
        return count == 1 ? "a message" : count + " messages";
    }

    /** Araldo's own errors speak for themselves; others need their kind, and the place in the user's code. */
    static String oneLine(Throwable thrown) {
        Throwable error = speakable(thrown);
        if (error instanceof AraldoException) {
            return String.valueOf(error.getMessage());
        }
        StackTraceElement[] trace = error.getStackTrace();
        return trace.length == 0 ? error.toString() : error + ", at " + trace[0];
    }
}
