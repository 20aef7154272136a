package io.araldo.testing;

import java.time.Duration;

/**
 * What is wrong with a network: a value, given to {@link FaultProxy#inject}. A fault holds for all connections of the
 * proxy, those that are there and those to come, until another one replaces it.
 *
 * @param kind what happens
 * @param delay how long bytes are held back; zero unless the kind is {@link Kind#DELAY}
 * @param bytesPerSecond how many bytes pass, in each direction of each connection; 0 (not limited) unless the kind is
 *     {@link Kind#RATE}
 */
public record Fault(Kind kind, Duration delay, long bytesPerSecond) {
    /** The ways in which a network fails. */
    public enum Kind {
        /** Not at all: bytes pass. */
        NONE,
        /** Bytes arrive later, in both directions. */
        DELAY,
        /** Bytes arrive slowly, in both directions. */
        RATE,
        /**
         * The proxy reads from neither side, so that both fill their buffers and then cannot write: a peer that hangs.
         * Nothing is lost; when the fault ends, everything arrives.
         */
        STOP_READING,
        /**
         * What the target answers is lost, what the client sends arrives: the client cannot know what became of it. As
         * the answers are missing from the stream, cut the connections before the fault ends.
         */
        SWALLOW_REPLIES,
        /** All connections are closed in order, and new ones are refused: the process at the target is not there. */
        REFUSE,
        /** All connections are closed in order, new ones as soon as they are accepted: a proxy whose target is down. */
        HANG_UP,
        /** All connections are reset (RST), new ones as soon as they are accepted. */
        RESET,
        /**
         * Everything both sides send is lost, and neither is told, not even that the other one has closed: a cable is
         * cut, a peer has lost its power. New connections are accepted and hear nothing. The connections that were hit
         * stay dead when the fault ends; they are closed then as soon as either side closes.
         */
        HALF_OPEN
    }

    /** See {@link Kind#NONE}. */
    public static final Fault NONE = of(Kind.NONE);
    /** See {@link Kind#STOP_READING}. */
    public static final Fault STOP_READING = of(Kind.STOP_READING);
    /** See {@link Kind#SWALLOW_REPLIES}. */
    public static final Fault SWALLOW_REPLIES = of(Kind.SWALLOW_REPLIES);
    /** See {@link Kind#REFUSE}. */
    public static final Fault REFUSE = of(Kind.REFUSE);
    /** See {@link Kind#HANG_UP}. */
    public static final Fault HANG_UP = of(Kind.HANG_UP);
    /** See {@link Kind#RESET}. */
    public static final Fault RESET = of(Kind.RESET);
    /** See {@link Kind#HALF_OPEN}. */
    public static final Fault HALF_OPEN = of(Kind.HALF_OPEN);

    /** Checks that the numbers fit the kind. */
    public Fault {
        if (delay.isNegative() || delay.isZero() == (kind == Kind.DELAY)) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: > 0 for DELAY, else zero)");
        }
        if (bytesPerSecond < 0 || (bytesPerSecond == 0) == (kind == Kind.RATE)) {
            throw new IllegalArgumentException(
                    "bytesPerSecond: " + bytesPerSecond + " (expected: > 0 for RATE, else zero)");
        }
    }

    private static Fault of(Kind kind) {
        return new Fault(kind, Duration.ZERO, 0);
    }

    /** Every byte arrives so much later, in both directions. */
    public static Fault delay(Duration delay) {
        return new Fault(Kind.DELAY, delay, 0);
    }

    /** So many bytes pass per second, in each direction of each connection. */
    public static Fault rate(long bytesPerSecond) {
        return new Fault(Kind.RATE, Duration.ZERO, bytesPerSecond);
    }

    /** Whether connections cannot exist under it. */
    boolean endsConnections() {
        return kind == Kind.REFUSE || kind == Kind.HANG_UP || kind == Kind.RESET;
    }

    /** For people: the code that makes it. */
    @Override
    public String toString() {
        return switch (kind) {
            case DELAY -> "Fault.delay(" + delay + ")";
            case RATE -> "Fault.rate(" + bytesPerSecond + ")";
            default -> "Fault." + kind;
        };
    }
}
