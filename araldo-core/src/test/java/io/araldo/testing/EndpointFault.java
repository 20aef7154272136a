package io.araldo.testing;

import java.time.Duration;

/**
 * What is wrong with an endpoint: a value, given to {@link FaultyEndpoint}. For what is wrong with a network see
 * {@link Fault}.
 *
 * @param kind what happens
 * @param probability how often, from 0 to 1; 1 unless the kind is about single messages
 * @param count how many openings, or messages; 0 unless the kind is about them
 * @param delay how long at most; zero unless the kind is {@link Kind#DELAY}
 */
public record EndpointFault(Kind kind, double probability, int count, Duration delay) {
    /** The ways in which an endpoint fails. */
    public enum Kind {
        /** The first openings fail with an {@link io.araldo.EndpointException}; nothing is opened. */
        REFUSE,
        /** A message is not passed on, and not answered before the link ends; then it is unknown. */
        STALL,
        /** A message is not passed on, and answered as failed. */
        FAIL,
        /** The link is lost behind a number of messages; what is unanswered then is told by the wrapped link. */
        LOSE,
        /** A message is passed on twice, and answered once. */
        DUPLICATE,
        /** A message is passed on later, and so overtaken by others; if the link ends before, it is unknown. */
        DELAY,
        /** Closing closes the wrapped link, and then throws. This breaks the contract of a link, on purpose. */
        THROW_ON_CLOSE
    }

    /** Checks that the numbers fit the kind. */
    public EndpointFault {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability: " + probability + " (expected: 0 to 1)");
        }
        if (count < 0 || (count > 0) != (kind == Kind.REFUSE || kind == Kind.LOSE)) {
            throw new IllegalArgumentException("count: " + count + " (expected: > 0 for REFUSE and LOSE, else 0)");
        }
        if (delay.isNegative() || delay.isZero() == (kind == Kind.DELAY)) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: > 0 for DELAY, else zero)");
        }
    }

    /** See {@link Kind#REFUSE}. */
    public static EndpointFault refuse(int openings) {
        return new EndpointFault(Kind.REFUSE, 1, openings, Duration.ZERO);
    }

    /** See {@link Kind#STALL}. */
    public static EndpointFault stall(double probability) {
        return new EndpointFault(Kind.STALL, probability, 0, Duration.ZERO);
    }

    /** See {@link Kind#FAIL}. */
    public static EndpointFault fail(double probability) {
        return new EndpointFault(Kind.FAIL, probability, 0, Duration.ZERO);
    }

    /** See {@link Kind#LOSE}. */
    public static EndpointFault loseAfter(int messages) {
        return new EndpointFault(Kind.LOSE, 1, messages, Duration.ZERO);
    }

    /** See {@link Kind#DUPLICATE}. */
    public static EndpointFault duplicate(double probability) {
        return new EndpointFault(Kind.DUPLICATE, probability, 0, Duration.ZERO);
    }

    /** See {@link Kind#DELAY}; each message by another time, up to this. */
    public static EndpointFault delay(double probability, Duration atMost) {
        return new EndpointFault(Kind.DELAY, probability, 0, atMost);
    }

    /** See {@link Kind#THROW_ON_CLOSE}. */
    public static EndpointFault throwOnClose() {
        return new EndpointFault(Kind.THROW_ON_CLOSE, 1, 0, Duration.ZERO);
    }

    /** For people: the code that makes it. */
    @Override
    public String toString() {
        return "EndpointFault."
                + switch (kind) {
                    case REFUSE -> "refuse(" + count + ")";
                    case STALL -> "stall(" + probability + ")";
                    case FAIL -> "fail(" + probability + ")";
                    case LOSE -> "loseAfter(" + count + ")";
                    case DUPLICATE -> "duplicate(" + probability + ")";
                    case DELAY -> "delay(" + probability + ", " + delay + ")";
                    case THROW_ON_CLOSE -> "throwOnClose()";
                };
    }
}
