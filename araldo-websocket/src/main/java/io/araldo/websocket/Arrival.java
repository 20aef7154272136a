package io.araldo.websocket;

/**
 * A connection that is not a session (yet), and by when it must have gone on: 5 s from its arrival, or from the first
 * byte of a further request, to the end of the request's head; 30 s from one step of an answer to the next, and from
 * there to the next request. Without this, half-sent handshakes would stay for ever. Deadlines are {@link
 * System#nanoTime}; written by the connection's I/O thread or the thread that answers, read by the timer's.
 */
final class Arrival {
    static final long HEAD_NANOS = 5_000_000_000L;
    static final long ANSWER_NANOS = 30_000_000_000L;

    private final Runnable terminate;
    private volatile long deadline = System.nanoTime() + HEAD_NANOS;
    private volatile boolean inHead = true;

    Arrival(Runnable terminate) {
        this.terminate = terminate;
    }

    /** Bytes came. */
    void received() {
        if (!inHead) {
            inHead = true;
            deadline = System.nanoTime() + HEAD_NANOS;
        }
    }

    /** A request is there, or a part of its answer is written. */
    void progressed() {
        inHead = false;
        deadline = System.nanoTime() + ANSWER_NANOS;
    }

    /** Ends the connection if it is overdue. */
    void check(long now) {
        if (now - deadline >= 0) {
            terminate.run();
        }
    }
}
