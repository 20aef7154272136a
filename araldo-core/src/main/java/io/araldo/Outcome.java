package io.araldo;

import org.jspecify.annotations.Nullable;

/**
 * What became of a message: the one shape in which delivery is answered, at sources and at targets. A value.
 *
 * @param kind what happened
 * @param reason why, where the kind is {@link Kind#DROPPED}; otherwise {@code null}
 * @param cause the error, where the kind is {@link Kind#FAILED}; otherwise {@code null}
 */
public record Outcome(
        Kind kind, @Nullable DropReason reason, @Nullable Throwable cause) {
    /** The kinds, the one that decides for a message with several legs last. */
    public enum Kind {
        /** A step of the route, or its router, chose not to send it on. */
        FILTERED,
        /** The target has it, as far as the target's transport can tell; each endpoint says what that is. */
        DELIVERED,
        /** Given up, on purpose, for a {@link DropReason}. */
        DROPPED,
        /** Failed here, and handed to the dead-letter endpoint of the route. */
        DEAD_LETTERED,
        /** An error: user code threw, the marshaller refused, the target answered with an error. */
        FAILED,
        /** No answer in time, or the connection ended before the answer: it may have been delivered or not. */
        UNKNOWN
    }

    /** Checks that there is a kind. */
    public Outcome {
        Checks.notNull("kind", kind);
    }

    private static final Outcome FILTERED = new Outcome(Kind.FILTERED, null, null);
    private static final Outcome DELIVERED = new Outcome(Kind.DELIVERED, null, null);
    private static final Outcome DEAD_LETTERED = new Outcome(Kind.DEAD_LETTERED, null, null);
    private static final Outcome UNKNOWN = new Outcome(Kind.UNKNOWN, null, null);

    /** See {@link Kind#FILTERED}. */
    public static Outcome filtered() {
        return FILTERED;
    }

    /** See {@link Kind#DELIVERED}. */
    public static Outcome delivered() {
        return DELIVERED;
    }

    /** See {@link Kind#DROPPED}. */
    public static Outcome dropped(DropReason reason) {
        return new Outcome(Kind.DROPPED, reason, null);
    }

    /** See {@link Kind#DEAD_LETTERED}. */
    public static Outcome deadLettered() {
        return DEAD_LETTERED;
    }

    /** See {@link Kind#FAILED}. */
    public static Outcome failed(Throwable cause) {
        return new Outcome(Kind.FAILED, null, cause);
    }

    /** See {@link Kind#UNKNOWN}. */
    public static Outcome unknown() {
        return UNKNOWN;
    }

    /** Whether this ends the message; if not, a source that can deliver again (a stream) keeps it pending. */
    public boolean isSettled() {
        return kind != Kind.FAILED && kind != Kind.UNKNOWN;
    }

    /** Of two legs of one message, the outcome that counts for the whole. */
    public Outcome and(Outcome other) {
        return other.kind.compareTo(kind) > 0 ? other : this;
    }
}
