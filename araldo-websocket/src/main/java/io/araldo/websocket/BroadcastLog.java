package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to all sessions of a path, once: a ring of encoded frames, of which each session has read up to its own
 * {@link Cursor}. However many sessions there are, a message is framed once and costs each of them one step; and whatever
 * a session is behind by goes out to it in few writes, made once for all that are behind as far.
 *
 * <pre>
 *      tail                     fastest        readable      head
 *       |  somebody has come so far |  nobody has  |  not yet  |
 *       '--- at most the limits ----'
 * </pre>
 *
 * <p>A message is answered when the fastest session that is due has it, and stays for the others. Those may be behind the
 * fastest by a limited number of messages and bytes: what is older goes, and a cursor that has not come so far is
 * <em>overrun</em>. What is before everybody is bounded in bytes, and beyond by the routes that wait for its answer.
 *
 * <p>This object is the lock of everything here and in the cursors. Nothing is called under it; what is to be told comes
 * back as {@link Answers}.
 */
final class BroadcastLog {
    /** What one write carries, unless a single message is larger. */
    static final int SLICE_BYTES = 1 << 16;

    /** A frame of so many bytes is rather written by itself than copied. */
    private static final int LARGE = 4_096;

    /** Slices that are kept for others at the same cursor. */
    private static final int MAX_SHARED = 8;

    private final LogLimits limits;
    private final OutboundBudget budget;

    /** All below: guarded by this. By offset, modulo the length, which is a power of two. */
    private @Nullable LogEntry[] ring = new LogEntry[16];

    private long tail;

    /** The first message without an answer: what only a slow session is due to get may stand before the fastest. */
    private long unanswered;

    private long fastest;
    private long readable;
    private long head;

    /** Bytes of all that was ever appended before each of these. */
    private long headBytes;

    private long readableStart;

    private long fastestStart;

    private long tailStart;

    private final Set<Cursor> cursors = new LinkedHashSet<>();

    /** How many of the cursors take in more. */
    private int open;

    /** For all, and up to what is readable. */
    private final List<Slice> shared = new ArrayList<>(MAX_SHARED);

    BroadcastLog(LogLimits limits, OutboundBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    // ---- appending

    /** Appends a message, for sessions to read when it is {@linkplain #publish published}; answers it if none is due. */
    Answers append(Frame frame, @Nullable Cursor excluded, Acknowledgement acknowledgement) {
        Answers answers = new Answers();
        synchronized (this) {
            LogEntry entry = new LogEntry(frame, excluded, headBytes, acknowledgement);
            boolean isSenderOpen = excluded != null && excluded.isOpen();
            if (open == (isSenderOpen ? 1 : 0)) {
                answers.add(acknowledgement, Outcome.delivered());
            } else if (hasRoomFor(entry, answers)) {
                add(entry);
            } else {
                answers.add(acknowledgement, Outcome.dropped(DropReason.OVERFLOW));
            }
        }
        return answers;
    }

    private boolean hasRoomFor(LogEntry entry, Answers answers) {
        long waiting = headBytes - fastestStart;
        if (waiting > 0 && waiting + entry.size() > limits.bytes()) {
            return false;
        }
        while (tail < fastest && (isLong() || !budget.allows(entry.size()))) {
            dropOldest(answers);
        }
        return waiting == 0 || budget.allows(entry.size());
    }

    /** Whether what the fastest has read is more than others may be behind by. */
    private boolean isLong() {
        return fastest - tail > limits.messages() || fastestStart - tailStart > limits.bytes();
    }

    private void add(LogEntry entry) {
        if (head - tail == ring.length) {
            grow();
        }
        ring[slot(head++)] = entry;
        headBytes += entry.size();
        budget.take(entry.size());
    }

    private void grow() {
        @Nullable LogEntry[] larger = new LogEntry[2 * ring.length];
        for (long offset = tail; offset < head; offset++) {
            larger[(int) offset & (larger.length - 1)] = ring[slot(offset)];
        }
        ring = larger;
    }

    private int slot(long offset) {
        return (int) offset & (ring.length - 1);
    }

    private LogEntry entry(long offset) {
        return Objects.requireNonNull(ring[slot(offset)]);
    }

    /** What nobody has got yet, and now nobody will, was due to slow sessions alone. */
    private void dropOldest(Answers answers) {
        LogEntry oldest = entry(tail);
        answers.add(oldest.takeAnswer(), Outcome.dropped(DropReason.SLOW_SESSION));
        advanceAnswered();
        ring[slot(tail++)] = null;
        tailStart += oldest.size();
        budget.giveBack(oldest.size());
    }

    /** Lets the sessions read what was appended; whether there is anything that was not readable before. */
    synchronized boolean publish() {
        if (readable == head) {
            return false;
        }
        readable = head;
        readableStart = headBytes;
        shared.clear();
        return true;
    }

    synchronized boolean hasUnpublished() {
        return readable < head;
    }

    synchronized long unpublishedBytes() {
        return headBytes - readableStart;
    }

    // ---- reading; called by cursors, which hold the lock

    /** Whether a session may have more messages of its own, when those of so many bytes wait for it. */
    boolean allowsBeside(long own) {
        return budget.allowsBeside(own);
    }

    long tail() {
        return tail;
    }

    long readable() {
        return readable;
    }

    long head() {
        return head;
    }

    /** How many messages the fastest has read beyond this offset, as far as they are still there. */
    long behind(long offset) {
        return Math.max(0, fastest - Math.max(tail, offset));
    }

    long bytesBehind(long offset) {
        return offset >= fastest ? 0 : fastestStart - entry(Math.max(tail, offset)).start;
    }

    /** What one write carries of what is before the limit, for this cursor. */
    Slice slice(Cursor cursor, long from, long limit) {
        if (limit != readable) {
            return cut(from, limit, cursor);
        }
        Slice forAll = sliceForAll(from);
        return forAll.isForAll() || !excludes(cursor, forAll) ? forAll : cut(from, forAll.to(), cursor);
    }

    private Slice sliceForAll(long from) {
        for (Slice slice : shared) {
            if (slice.from() == from) {
                return slice;
            }
        }
        Slice slice = cut(from, readable, null);
        if (shared.size() < MAX_SHARED) {
            shared.add(slice);
        }
        return slice;
    }

    private boolean excludes(Cursor cursor, Slice slice) {
        for (long offset = slice.from(); offset < slice.to(); offset++) {
            if (entry(offset).excluded == cursor) {
                return true;
            }
        }
        return false;
    }

    /** A slice for one cursor, or with {@code null} for all who have sent nothing of it. */
    private Slice cut(long from, long limit, @Nullable Cursor cursor) {
        long to = from;
        int size = 0;
        int messages = 0;
        boolean isForAll = true;
        for (; to < limit; to++) {
            LogEntry entry = entry(to);
            if (messages > 0 && size + entry.frame.size() > SLICE_BYTES) {
                break;
            }
            isForAll &= entry.excluded == null;
            if (cursor == null || entry.excluded != cursor) {
                size += entry.frame.size();
                messages++;
            }
        }
        return new Slice(from, to, messages, bytes(from, to, size, messages, cursor), isForAll);
    }

    /** Frames that are small are put together, so that a write has one part; large ones are not copied. */
    private List<ByteBuffer> bytes(long from, long to, int size, int messages, @Nullable Cursor cursor) {
        List<ByteBuffer> frames = new ArrayList<>(messages);
        for (long offset = from; offset < to; offset++) {
            LogEntry entry = entry(offset);
            if (cursor == null || entry.excluded != cursor) {
                frames.add(entry.frame.view());
            }
        }
        if (messages < 2 || size / messages >= LARGE) {
            return frames;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        frames.forEach(all::put);
        return List.of(all.flip());
    }

    /** A session has this: answers what nobody had before. */
    void passed(Cursor cursor, Slice slice, Answers answers) {
        for (long offset = Math.max(slice.from(), unanswered); offset < slice.to(); offset++) {
            LogEntry entry = entry(offset);
            if (entry.excluded != cursor) {
                answers.add(entry.takeAnswer(), Outcome.delivered());
            }
        }
        advanceAnswered();
        reached(slice.to());
    }

    private void advanceAnswered() {
        while (unanswered < head && entry(unanswered).isAnswered()) {
            unanswered++;
        }
        reached(unanswered);
    }

    /** Some session has come so far. */
    void reached(long offset) {
        if (offset > fastest) {
            fastest = offset;
            fastestStart = offset == head ? headBytes : entry(offset).start;
        }
    }

    // ---- sessions

    /**
     * A session gets what is appended from here on.
     *
     * @param tally adds up what becomes of it
     */
    synchronized Cursor join(SessionTally tally) {
        Cursor cursor = new Cursor(this, limits, tally, head);
        cursors.add(cursor);
        tally.joined(cursor);
        open++;
        return cursor;
    }

    /** A cursor takes in nothing more, but reads what there is. */
    void sealed() {
        open--;
    }

    /** A cursor has read its last. */
    void left(Cursor cursor, DropReason reason, Answers answers) {
        cursors.remove(cursor);
        orphaned(reason, answers);
    }

    /** A cursor is due to get less than it was: answers what nobody else is due to get. */
    void orphaned(DropReason reason, Answers answers) {
        for (long offset = unanswered; offset < head; offset++) {
            LogEntry entry = entry(offset);
            if (!entry.isAnswered() && !isDueToSomebody(offset, entry)) {
                answers.add(entry.takeAnswer(), Outcome.dropped(reason));
            }
        }
        advanceAnswered();
        release();
    }

    private boolean isDueToSomebody(long offset, LogEntry entry) {
        for (Cursor cursor : cursors) {
            if (entry.excluded != cursor && cursor.isDue(offset)) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of what all sessions have read. */
    synchronized void release() {
        long needed = unanswered;
        for (Cursor cursor : cursors) {
            needed = Math.min(needed, cursor.needed());
        }
        Answers none = new Answers();
        while (tail < needed) {
            dropOldest(none);
        }
        shared.removeIf(slice -> slice.from() < tail);
        if (tail == head && ring.length > 1_024) {
            ring = Arrays.copyOf(new LogEntry[0], 16);
        }
    }
}
