package io.araldo.websocket;

import io.araldo.Acknowledgement;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that share a {@link BroadcastLog}, and the pass that writes to all of them what they are behind by. One
 * pass runs at a time; while it does, messages gather for the next. All methods may be called from any thread.
 */
final class Room implements Runnable {
    /** To so many sessions a pass is quicker than handing it to another thread. */
    private static final int FEW = 4;

    private final String name;
    private final BroadcastLog log;
    private final Executor writers;
    private final SessionTally tally;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

    /** Those that have a message of their own to write; some more than once. */
    private final Queue<Session> addressed = new ConcurrentLinkedQueue<>();

    /** How many sessions are here, or about to be; guarded by the map of rooms. */
    private int reserved;

    /** Whether it is in the link's list of those that have something to write. */
    private final AtomicBoolean toFlush = new AtomicBoolean();

    /** On while a pass runs, or is about to. */
    private final AtomicBoolean running = new AtomicBoolean();

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
        sessions.add(session);
        session.flush();
    }

    void leave(Session session) {
        sessions.remove(session);
    }

    /** Appends a message for all but one. */
    void send(Frame frame, @Nullable Cursor excluded, Acknowledgement acknowledgement) {
        log.append(frame, excluded, acknowledgement).tell();
    }

    /** Queues a message for one. */
    Cursor.Offer send(Session session, Frame frame, Outgoing message) {
        Cursor.Offer offer = session.cursor().offer(frame, message);
        if (offer == Cursor.Offer.TAKEN) {
            addressed.add(session);
        }
        return offer;
    }

    /** Starts to write what was sent, here if that is quick, unless a pass is under way; then another follows it. */
    void flush() {
        toFlush.set(false);
        if (hasWork() && begins()) {
            if (sessions.size() <= FEW || !log.hasUnpublished()) {
                run();
            } else {
                writers.execute(this);
            }
        }
    }

    /** Lets go of what was written after the last pass. */
    void tidy() {
        log.release();
    }

    private boolean hasWork() {
        return log.hasUnpublished() || !addressed.isEmpty();
    }

    private boolean begins() {
        return !running.get() && running.compareAndSet(false, true);
    }

    /** A pass. */
    @Override
    public void run() {
        boolean isForAll = log.publish();
        for (Session session = addressed.poll(); session != null; session = addressed.poll()) {
            session.flush();
        }
        if (isForAll) {
            sessions.forEach(Session::flush);
            log.release();
        }
        running.set(false);
        if (hasWork() && begins()) {
            writers.execute(this);
        }
    }
}
