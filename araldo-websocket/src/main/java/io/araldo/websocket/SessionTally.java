package io.araldo.websocket;

import io.araldo.Ledger.SessionCount;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the messages for all sessions of one link: cursors count, this adds up when it is asked, and keeps the
 * sum of those that have left. Any thread. Its lock is taken within a log's, never the other way round.
 */
final class SessionTally {
    /** What slow sessions did not get, since it was last taken. */
    private final LongAdder missed = new LongAdder();

    /** Those that have not left; guarded by this. */
    private final Set<Cursor> cursors = new HashSet<>();

    /** Of those that have left; guarded by this. */
    private SessionCount left = SessionCount.NONE;

    /** A cursor begins to count. */
    synchronized void joined(Cursor cursor) {
        cursors.add(cursor);
    }

    /** A cursor has counted all it will. */
    synchronized void left(Cursor cursor) {
        if (cursors.remove(cursor)) {
            left = left.plus(cursor.count());
        }
    }

    /** A slow session did not get so many. */
    void missed(long count) {
        missed.add(count);
    }

    /** How many slow sessions did not get since the last call. */
    long takeMissed() {
        return missed.sumThenReset();
    }

    /** Of all sessions that there ever were. A cursor that leaves meanwhile counts as before. */
    SessionCount count() {
        SessionCount total;
        List<Cursor> others;
        synchronized (this) {
            total = left;
            others = List.copyOf(cursors);
        }
        for (Cursor cursor : others) {
            total = total.plus(cursor.count());
        }
        return total;
    }
}
