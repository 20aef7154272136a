package io.araldo;

/** Time as lanes need it: the relay's own, or what a test steps by hand. Callable from any thread. */
interface LaneTimer {
    /** Now, in nanoseconds from an arbitrary origin, as {@link System#nanoTime}. */
    long nanos();

    /** Runs a short task on a thread that must not block, when so much time has passed; never once the relay is closed. */
    void after(long nanos, Runnable task);
}
