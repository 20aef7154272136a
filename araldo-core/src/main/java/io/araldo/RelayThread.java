package io.araldo;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread of a relay's own: a daemon, named after what it does. */
final class RelayThread extends Thread {
    private static final ThreadLocal<Boolean> LENT = ThreadLocal.withInitial(() -> false);

    private RelayThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }

    /** Threads named {@code araldo-<relay>-<role>-1} and so on. */
    static ThreadFactory numbered(String relay, String role) {
        AtomicInteger count = new AtomicInteger();
        return task -> new RelayThread(task, "araldo-" + relay + "-" + role + "-" + count.incrementAndGet());
    }

    /** One thread named {@code araldo-<relay>-<role>}. */
    static ThreadFactory single(String relay, String role) {
        return task -> new RelayThread(task, "araldo-" + relay + "-" + role);
    }

    /** Whether the caller must not wait for a relay, because relays wait for it. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof RelayThread || LENT.get();
    }

    /**
     * Counts the calling thread, of the user's executor or of a transport, as one that must not wait, until it is given
     * back; {@code false} if it counts already.
     */
    static boolean lend() {
        if (isCurrent()) {
            return false;
        }
        LENT.set(true);
        return true;
    }

    /** The calling thread, which was lent, may wait again. Not removed: the next message would have to make it anew. */
    static void giveBack() {
        LENT.set(false);
    }
}
