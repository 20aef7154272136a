package io.araldo.websocket;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one bound server: daemons, named {@code araldo-ws-<port>-<role>-<number>}. */
final class ServerThreads {
    private static final int DISK_THREADS = 2;
    private static final int DISK_QUEUE = 1_024;
    private static final int ASKERS = 8;
    private static final int ASKED_LATER = 1_000;
    private static final long JOIN_MILLIS = 1_000;

    private final String prefix;
    private final List<Thread> started = new CopyOnWriteArrayList<>();

    ServerThreads(int port) {
        this("araldo-ws-" + port + "-");
    }

    /** Threads of something else, whose names begin so. */
    ServerThreads(String prefix) {
        this.prefix = prefix;
    }

    ThreadFactory numbered(String role) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + role + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            started.removeIf(other -> !other.isAlive() && other.getState() == Thread.State.TERMINATED);
            started.add(thread);
            return thread;
        };
    }

    /** One thread, for deadlines. What comes after its end is dropped in silence: there is nothing left to time. */
    ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, numbered("timer"));
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Up to two threads that come when files are asked for and go 10 s later. */
    ThreadPoolExecutor disk() {
        ThreadPoolExecutor disk = new ThreadPoolExecutor(
                DISK_THREADS,
                DISK_THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(DISK_QUEUE),
                numbered("disk"));
        disk.allowCoreThreadTimeOut(true);
        return disk;
    }

    /**
     * Up to eight threads that ask the authenticator, which may block; they come when a client does and go 10 s later. It
     * throws {@link java.util.concurrent.RejectedExecutionException} when 1,000 more wait.
     */
    ThreadPoolExecutor askers() {
        ThreadPoolExecutor askers = new ThreadPoolExecutor(
                ASKERS, ASKERS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(ASKED_LATER), numbered("auth"));
        askers.allowCoreThreadTimeOut(true);
        return askers;
    }

    /** One thread for each processor, which come when there is something to write to many, and go 10 s later. */
    ThreadPoolExecutor writers() {
        int processors = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor writers = new ThreadPoolExecutor(
                processors, processors, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), numbered("writer"));
        writers.allowCoreThreadTimeOut(true);
        writers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return writers;
    }

    /**
     * One thread for each processor, which come for what may wait for a client, and go 10 s later. A session has an errand
     * or two at a time. What comes after the end is done by whoever asks.
     */
    ThreadPoolExecutor errands() {
        int processors = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor errands = new ThreadPoolExecutor(
                processors, processors, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), numbered("errand"));
        errands.allowCoreThreadTimeOut(true);
        errands.setRejectedExecutionHandler((errand, pool) -> errand.run());
        return errands;
    }

    /** Waits, a second at most, for all but the present thread to end. */
    void join() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        for (Thread thread : started) {
            join(thread, end - System.nanoTime());
        }
    }

    private static void join(Thread thread, long nanos) {
        try {
            if (thread != Thread.currentThread() && nanos > 0) {
                TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
