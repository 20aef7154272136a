package io.araldo;

import org.jspecify.annotations.Nullable;

/**
 * What a route does with what fails.
 *
 * @param attempts how often it tries, the first time included
 * @param backoff how long it waits in between
 * @param retriesUnknown whether no answer is a failure, too
 * @param deadLetter who gets what has failed for good, if anybody
 */
record FailurePolicy(
        int attempts,
        Backoff backoff,
        boolean retriesUnknown,
        @Nullable Endpoint deadLetter) {
    static final FailurePolicy NONE = new FailurePolicy(1, Backoff.standard(), false, null);

    boolean retries() {
        return attempts > 1;
    }

    boolean isNone() {
        return !retries() && deadLetter == null;
    }

    /** Whether a target's answer is one that this policy is about: an error, or a link that is not open. */
    boolean isFailure(Outcome outcome) {
        return switch (outcome.kind()) {
            case FAILED -> true;
            case UNKNOWN -> retriesUnknown;
            case DROPPED -> outcome.reason() == DropReason.NOT_WRITABLE;
            case FILTERED, DELIVERED, DEAD_LETTERED -> false;
        };
    }

    /** How long to wait after so many attempts. */
    long delayNanos(int attempts) {
        return backoff.delay(attempts).toNanos();
    }
}
