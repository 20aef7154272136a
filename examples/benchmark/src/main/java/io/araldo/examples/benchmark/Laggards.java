package io.araldo.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Gives subscribers that do not keep up their turn, ten times a second, on a thread of its own. */
final class Laggards implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<? extends Laggard> laggards;
    private final FutureTask<Void> turns = new FutureTask<>(this::turns);
    private volatile boolean hasStopped;

    Laggards(List<? extends Laggard> laggards) {
        this.laggards = laggards;
        Thread thread = new Thread(turns, "laggards");
        thread.setDaemon(true);
        thread.start();
    }

    private Void turns() throws IOException {
        while (!hasStopped) {
            for (Laggard laggard : laggards) {
                laggard.turn();
            }
            LockSupport.parkNanos(PAUSE);
        }
        return null;
    }

    /**
     * No more turns: from now on they are the caller's.
     *
     * @throws IllegalStateException if one of them could not take its turn
     */
    void stop() {
        hasStopped = true;
        try {
            turns.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a subscriber could not take its turn: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hasStopped = true;
        try {
            for (Laggard laggard : laggards) {
                laggard.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
