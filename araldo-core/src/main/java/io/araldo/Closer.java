package io.araldo;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends threads: first the graceful way, then the violent one, both within bounds. */
final class Closer {
    private static final GuardedLog LOG = new GuardedLog();
    private static final int GRACE_SECONDS = 1;

    private Closer() {}

    /**
     * Lets tasks finish; interrupts those that do not. An interrupt of the caller is kept; one that comes meanwhile makes
     * this interrupt them at once. It waits all the same, else it would tell of threads that are about to end.
     */
    static void end(ExecutorService threads) {
        threads.shutdown();
        if (!ends(threads)) {
            threads.shutdownNow();
            if (!ends(threads)) {
                LOG.warn("a handler ignores its interrupt; its thread is left behind: {}", threads);
            }
        }
    }

    private static boolean ends(ExecutorService threads) {
        boolean isInterrupted = Thread.interrupted();
        try {
            return threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            isInterrupted = true;
            return false;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
