package io.araldo.websocket;

import io.araldo.DropReason;
import io.araldo.Ledger.SessionCount;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one session has come in a {@link BroadcastLog}, and the messages for it alone, each of which stands between
 * two offsets of the log. All is guarded by the log. It counts what became of each message: see {@link SessionCount}.
 */
final class Cursor implements Backlog {
    /** What became of the offer of a message for this session alone. */
    enum Offer {
        /** It will be written, or told that it was not. */
        TAKEN,
        /** The session is closing or gone. */
        CLOSED,
        /** The session is too far behind. */
        FULL
    }

    /** A message for this session alone, written when the log has been read up to an offset. */
    private record Direct(Frame frame, long after, Outgoing message) {}

    private final BroadcastLog log;
    private final LogLimits limits;
    private final SessionTally tally;
    private final long joined;

    private long position;

    /** Where it stops, and up to where it reads then, published or not; what is appended later is for others. */
    private long end = Long.MAX_VALUE;

    /** Where it was when it gave up the rest; what it is writing may still arrive. */
    private long gaveUpAt = Long.MAX_VALUE;

    private final ArrayDeque<Direct> directs = new ArrayDeque<>(0);
    private long directBytes;

    private long offered;
    private long written;
    private long excluded;
    private long inFlight;
    private final Map<DropReason, Long> skipped = new EnumMap<>(DropReason.class);

    /**
     * A cursor at an offset; see {@link BroadcastLog#join}.
     *
     * @param tally of its link: is told what the session did not get since it was slow, and when it leaves
     */
    Cursor(BroadcastLog log, LogLimits limits, SessionTally tally, long joined) {
        this.log = log;
        this.limits = limits;
        this.tally = tally;
        this.joined = joined;
        this.position = joined;
    }

    // ---- asked by the log, under its lock

    /** The next offset to read; none if it has read its last, though its connection is still there. */
    long needed() {
        return position < end ? position : Long.MAX_VALUE;
    }

    /** Whether it takes in more. */
    boolean isOpen() {
        return end == Long.MAX_VALUE;
    }

    /** Whether this is, or was, to be read. */
    boolean isDue(long offset) {
        return offset >= joined && offset < Math.min(end, gaveUpAt);
    }

    // ---- messages for this session alone

    /** Takes a message for this session alone. */
    Offer offer(Frame frame, Outgoing message) {
        List<Direct> dropped;
        Offer offer;
        synchronized (log) {
            if (!isOpen()) {
                return Offer.CLOSED;
            }
            dropped = makeRoomFor(frame);
            offer = isToEnd() || isFullFor(frame) ? Offer.FULL : Offer.TAKEN;
            offered++;
            if (offer == Offer.TAKEN) {
                directs.add(new Direct(frame, log.head(), message));
                directBytes += frame.size();
            } else {
                skip(DropReason.SLOW_SESSION, 1);
            }
        }
        dropped.forEach(direct -> direct.message().lost(DropReason.SLOW_SESSION));
        return offer;
    }

    /** Drops the oldest of its own, unless what it is behind by in the log leaves no room anyway. */
    private List<Direct> makeRoomFor(Frame frame) {
        if (limits.policy() == SlowSession.DISCONNECT || !isFullFor(frame) || isFullFor(frame, 0, 0)) {
            return List.of();
        }
        List<Direct> dropped = new ArrayList<>(1);
        while (isFullFor(frame)) {
            dropped.add(takeDirect());
        }
        skip(DropReason.SLOW_SESSION, dropped.size());
        return dropped;
    }

    private boolean isFullFor(Frame frame) {
        return isFullFor(frame, directs.size(), directBytes);
    }

    private boolean isFullFor(Frame frame, int own, long ownBytes) {
        long messages = log.behind(position) + own;
        long bytes = log.bytesBehind(position) + ownBytes;
        return messages >= limits.messages()
                || (messages > 0 && bytes + frame.size() > limits.bytes())
                || !log.allowsBeside(ownBytes);
    }

    private Direct takeDirect() {
        Direct direct = directs.removeFirst();
        directBytes -= direct.frame().size();
        return direct;
    }

    private void skip(DropReason reason, long count) {
        if (count > 0) {
            skipped.merge(reason, count, Long::sum);
            if (reason == DropReason.SLOW_SESSION) {
                tally.missed(count);
            }
        }
    }

    // ---- reading

    @Override
    public @Nullable Load next() {
        synchronized (log) {
            if (!catchUp()) {
                return null;
            }
            while (true) {
                Direct first = firstDirect();
                if (first != null && first.after() <= position) {
                    return ownPart();
                }
                long limit = Math.min(last(), first == null ? Long.MAX_VALUE : first.after());
                if (position >= limit) {
                    return null;
                }
                Slice slice = log.slice(this, position, limit);
                position = slice.to();
                excluded += slice.excluded();
                if (slice.messages() > 0) {
                    return new Part(slice.messages(), slice, List.of());
                }
                log.reached(position);
            }
        }
    }

    /** Most have none, and need not touch the memory of a queue to know it. */
    private @Nullable Direct firstDirect() {
        return directBytes == 0 ? null : directs.peekFirst();
    }

    /** Up to where it may read by now. */
    private long last() {
        return isOpen() ? log.readable() : end;
    }

    /** Whether messages are gone that it has not read. */
    boolean isOverrun() {
        synchronized (log) {
            return gone() > 0;
        }
    }

    /** Whether the session is to be ended for that, and gets nothing more. */
    private boolean isToEnd() {
        return limits.policy() == SlowSession.DISCONNECT && isOverrun();
    }

    /**
     * Skips what is gone; {@code false} if the session is to be ended for that instead. It is asked once in a while, too: a
     * session that hangs in a write does not read.
     */
    boolean catchUp() {
        synchronized (log) {
            if (isToEnd()) {
                return false;
            }
            skipGone();
            return true;
        }
    }

    private void skipGone() {
        long gone = gone();
        skip(DropReason.SLOW_SESSION, gone);
        position += gone;
    }

    private long gone() {
        return Math.max(0, Math.min(log.tail(), end) - position);
    }

    private Load ownPart() {
        List<Direct> part = new ArrayList<>(1);
        int size = 0;
        for (Direct direct = directs.peekFirst();
                direct != null
                        && direct.after() <= position
                        && (part.isEmpty() || size + direct.frame().size() <= BroadcastLog.SLICE_BYTES);
                direct = directs.peekFirst()) {
            part.add(takeDirect());
            size += direct.frame().size();
        }
        return new Part(part.size(), null, part);
    }

    /** What one write carries: a run of the log, or messages for this session alone. */
    private final class Part implements Load {
        private final int messages;
        private final @Nullable Slice slice;
        private final List<Direct> own;

        Part(int messages, @Nullable Slice slice, List<Direct> own) {
            this.messages = messages;
            this.slice = slice;
            this.own = own;
            inFlight += messages;
        }

        @Override
        public void addTo(List<ByteBuffer> buffers) {
            if (slice != null) {
                slice.bytes().forEach(bytes -> buffers.add(bytes.duplicate()));
            }
            own.forEach(direct -> buffers.add(direct.frame().view()));
        }

        @Override
        public boolean written() {
            Answers answers = new Answers();
            boolean moreWaits;
            synchronized (log) {
                written += messages;
                if (slice != null) {
                    log.passed(Cursor.this, slice, answers);
                }
                landed(answers);
                moreWaits = position < last() || directBytes > 0;
            }
            answers.tell();
            own.forEach(direct -> direct.message().written());
            return moreWaits;
        }

        /** That nobody gets what was for all is found out when the session leaves. */
        @Override
        public void interrupted() {
            Answers answers = new Answers();
            synchronized (log) {
                skip(DropReason.NOT_WRITABLE, messages);
                landed(answers);
            }
            answers.tell();
            own.forEach(direct -> direct.message().interrupted());
        }

        private void landed(Answers answers) {
            inFlight -= messages;
            leaveIfGivenUp(DropReason.NOT_WRITABLE, answers);
        }
    }

    // ---- the end

    @Override
    public void seal() {
        synchronized (log) {
            if (isOpen()) {
                end = log.head();
                log.sealed();
            }
        }
    }

    @Override
    public void giveUp(DropReason reason) {
        Answers answers = new Answers();
        List<Direct> lost = new ArrayList<>();
        synchronized (log) {
            if (gaveUpAt != Long.MAX_VALUE) {
                return;
            }
            seal();
            skipGone();
            gaveUpAt = position;
            while (!directs.isEmpty()) {
                lost.add(takeDirect());
            }
            skip(reason, lost.size() + end - position);
            position = end;
            log.orphaned(reason, answers);
            leaveIfGivenUp(reason, answers);
        }
        lost.forEach(direct -> direct.message().lost(reason));
        answers.tell();
    }

    private void leaveIfGivenUp(DropReason reason, Answers answers) {
        if (gaveUpAt != Long.MAX_VALUE && inFlight == 0) {
            log.left(this, reason, answers);
            tally.left(this);
        }
    }

    /** What is gone is skipped, whether anybody has looked or not. */
    SessionCount count() {
        synchronized (log) {
            long last = Math.min(log.head(), end);
            long gone = gone();
            Map<DropReason, Long> lost = new EnumMap<>(skipped);
            if (gone > 0) {
                lost.merge(DropReason.SLOW_SESSION, gone, Long::sum);
            }
            return new SessionCount(
                    offered + last - joined,
                    written,
                    excluded,
                    lost,
                    last - position - gone + directs.size() + inFlight);
        }
    }
}
