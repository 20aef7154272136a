package io.araldo.websocket;

import io.araldo.Acknowledgement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that share a {@link BroadcastLog}, and the pass that writes to all of them what they are behind by. One
 * pass runs at a time; while it does, messages gather for the next. All methods may be called from any thread.
 */
final class Room implements Runnable {
    /**
     * What the thread that sends writes itself, in bytes: for about a millisecond others wait for it, and to hand over costs
     * more. Of short messages it is a write to each of some 128 sessions.
     */
    static final long QUICK = 1 << 20;

    /** What a write costs beside its bytes, in bytes: a system call takes as long as to copy so many. */
    private static final long WRITE = 8_000;

    /** So many sessions that have a message of their own have their turn in one pass, while others get more. */
    private static final int MAX_ADDRESSED = 128;

    private final String name;
    private final BroadcastLog log;
    private final Executor writers;
    private final SessionTally tally;

    /** In the order in which they came; guarded by itself. */
    private final Set<Session> sessions = new LinkedHashSet<>();

    /**
     * The same for a pass to go through, made anew after some have come or gone. In the order of a hash the kernel's memory
     * of thousands of sockets is read here and there, which costs some per cent.
     */
    private volatile @Nullable List<Session> inOrder;

    /** Those that have a message of their own to write, each once. */
    private final Queue<Session> addressed = new ConcurrentLinkedQueue<>();

    /** What to write those costs, roughly: a pass, which begins with 0, also takes what comes while it runs. */
    private final AtomicLong addressedCost = new AtomicLong();

    /** How many sessions are here, or about to be; guarded by the map of rooms. */
    private int reserved;

    /** Whether it is in the link's list of those that have something to write. */
    private final AtomicBoolean toFlush = new AtomicBoolean();

    /** On while a pass runs, or is about to. */
    private final AtomicBoolean running = new AtomicBoolean();

    /** On while there is something published that not all were told of: a pass may break off if the memory is full. */
    private volatile boolean isOwed;

    /**
     * A room without sessions.
     *
     * @param name the value of the path's variable
     * @param writers runs passes that are long
     * @param tally adds up what becomes of messages for sessions
     */
    Room(String name, BroadcastLog log, Executor writers, SessionTally tally) {
        this.name = name;
        this.log = log;
        this.writers = writers;
        this.tally = tally;
    }

    String name() {
        return name;
    }

    /** One more session is about to come. */
    void reserve() {
        reserved++;
    }

    /** One session less; whether none is left. */
    boolean release() {
        return --reserved == 0;
    }

    /** Whether the caller is the one that must put this in the list of those to flush. */
    boolean markToFlush() {
        return !toFlush.get() && toFlush.compareAndSet(false, true);
    }

    /** A place in the log for a session that is about to {@linkplain #enter}. */
    Cursor join() {
        return log.join(tally);
    }

    /** From here on a session is written to. */
    void enter(Session session) {
        synchronized (sessions) {
            sessions.add(session);
            inOrder = null;
        }
        session.flush();
    }

    void leave(Session session) {
        synchronized (sessions) {
            if (sessions.remove(session)) {
                inOrder = null;
            }
        }
    }

    /** Without the list: to make it needs memory, and may fail. */
    private int size() {
        synchronized (sessions) {
            return sessions.size();
        }
    }

    private List<Session> inOrder() {
        List<Session> known = inOrder;
        if (known == null) {
            synchronized (sessions) {
                known = List.copyOf(sessions);
                inOrder = known;
            }
        }
        return known;
    }

    /** Appends a message for all but one. */
    void send(Frame frame, @Nullable Cursor excluded, Acknowledgement acknowledgement) {
        log.append(frame, excluded, acknowledgement).tell();
    }

    /** Queues a message for one. */
    Cursor.Offer send(Session session, Frame frame, Outgoing message) {
        Cursor.Offer offer = session.cursor().offer(frame, message);
        if (offer == Cursor.Offer.TAKEN) {
            boolean isFirst = session.markToFlush();
            addressedCost.addAndGet(isFirst ? WRITE + frame.size() : frame.size());
            if (isFirst) {
                addressed.add(session);
            }
        }
        return offer;
    }

    /**
     * Starts to write what was sent, unless a pass is under way; then another follows it.
     *
     * @param most what may be written here; a pass that costs more runs on another thread
     * @return what was written here
     */
    long flush(long most) {
        toFlush.set(false);
        if (!hasWork() || !begins()) {
            return 0;
        }
        long cost = cost();
        if (cost > most) {
            writers.execute(this);
            return 0;
        }
        run();
        return cost;
    }

    /** What a session that is idle has to get is what was not published: the others are in a write already. */
    private long cost() {
        long unpublished = log.unpublishedBytes();
        long toAll = unpublished == 0 ? 0 : size() * (WRITE + unpublished);
        return toAll + addressedCost.get();
    }

    /** Lets go of what was written after the last pass. */
    void tidy() {
        log.release();
    }

    private boolean hasWork() {
        return isOwed || log.hasUnpublished() || !addressed.isEmpty();
    }

    private boolean begins() {
        return !running.get() && running.compareAndSet(false, true);
    }

    /** A pass, and another one after it if there is something to write by then. */
    @Override
    public void run() {
        try {
            pass();
        } finally {
            running.set(false);
        }
        if (hasWork() && begins()) {
            writers.execute(this);
        }
    }

    private void pass() {
        isOwed |= log.publish();
        addressedCost.set(0);
        for (int i = 0; i < MAX_ADDRESSED; i++) {
            Session session = addressed.poll();
            if (session == null) {
                break;
            }
            session.flushMarked();
        }
        if (isOwed) {
            inOrder().forEach(Session::flush);
            isOwed = false;
            log.release();
        }
    }
}
