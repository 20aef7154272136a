package io.araldo;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts flushes off to the end of the read that causes them: what a peer has sent together is written together, and not in
 * one write for each message. Of one thread.
 */
final class ReadBatch {
    private static final GuardedLog LOG = new GuardedLog();
    private static final ThreadLocal<ReadBatch> OF_THREAD = ThreadLocal.withInitial(ReadBatch::new);

    /** Each once; as many as there are plain routes of one source. */
    private final List<Runnable> flushes = new ArrayList<>();

    private boolean reading;

    private ReadBatch() {}

    /** Reads, and then does what was {@linkplain #putOff put off}. */
    static void during(Runnable read) {
        ReadBatch own = OF_THREAD.get();
        if (own.reading) {
            read.run();
            return;
        }
        own.reading = true;
        try {
            read.run();
        } finally {
            own.reading = false;
            own.flush();
        }
    }

    /** A flush may read itself, and so put off others: these are done at the end of that. */
    private void flush() {
        if (flushes.isEmpty()) {
            return;
        }
        List<Runnable> due = List.copyOf(flushes);
        flushes.clear();
        due.forEach(ReadBatch::run);
    }

    /** One that throws keeps the others from nothing, nor the transport from reading on. */
    @SuppressWarnings("CatchThrowable")
    private static void run(Runnable flush) {
        try {
            flush.run();
        } catch (Throwable e) {
            LOG.warn("a flush failed: {}", Reports.oneLine(e));
        }
    }

    /** Does this at the end of the present read, once, however often it is asked for; {@code false} if nothing is read. */
    static boolean putOff(Runnable flush) {
        ReadBatch own = OF_THREAD.get();
        if (own.reading && !own.flushes.contains(flush)) {
            own.flushes.add(flush);
        }
        return own.reading;
    }
}
