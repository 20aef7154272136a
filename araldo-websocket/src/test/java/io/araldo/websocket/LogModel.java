package io.araldo.websocket;

import io.araldo.DropReason;
import io.araldo.Ledger.SessionCount;
import io.araldo.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link BroadcastLog}, its cursors and their writers do, as one would write it who need not care what it costs: all
 * messages in a list for ever, each session an index into it, nothing shared and nothing kept. For one thread.
 */
final class LogModel {
    private static final int SLICE_BYTES = 65_536;

    /** What became of a message; {@code id} is the caller's. */
    record Answer(int id, Outcome outcome) {}

    /** The begin of a write to a session. */
    record Write(int session, ByteBuffer bytes) {}

    /** What was answered and written since these were cleared. */
    final List<Answer> answers = new ArrayList<>();

    final List<Write> writes = new ArrayList<>();
    long missed;

    /** Bytes of messages for one session that have no answer. */
    long addressed;

    private final LogLimits limits;
    private final long budget;
    private final List<SentMessage> log = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();

    /** Offsets: the first that is still there, without an answer, that nobody has come to, that must not be read yet. */
    private int gone;

    private int unanswered;
    private int fastest;
    private int readable;

    LogModel(LogLimits limits, long budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /** A session. */
    final class Peer {
        final int id;
        private final boolean isQuick;
        private final int joined = log.size();
        private int next = joined;

        /** Where it will have come with the present write. */
        private int reaches;

        private int end = Integer.MAX_VALUE;
        private final List<SentMessage> own = new ArrayList<>();

        /** What is being written; {@code null} if nothing is, empty if it is a Close frame. */
        private List<SentMessage> writing;

        private Frame close;
        private boolean isCloseSent;
        private boolean hasGivenUp;
        private boolean isEnded;
        private long ownOffered;
        private long written;
        private long excluded;
        private final Map<DropReason, Long> skipped = new EnumMap<>(DropReason.class);

        Peer(int id, boolean isQuick) {
            this.id = id;
            this.isQuick = isQuick;
        }

        boolean isOpen() {
            return end == Integer.MAX_VALUE;
        }

        boolean isWriting() {
            return writing != null;
        }

        boolean isOverrun() {
            return overrunBy() > 0;
        }

        private int overrunBy() {
            return Math.max(0, Math.min(gone, end) - next);
        }

        private void skipGone() {
            skip(DropReason.SLOW_SESSION, overrunBy());
            next += overrunBy();
        }

        private boolean wants(SentMessage message, int offset) {
            boolean isToCome = offset >= next && offset < end;
            return message.sender != this && (isToCome || (writing != null && writing.contains(message)));
        }

        private void skip(DropReason reason, long count) {
            if (count > 0) {
                skipped.merge(reason, count, Long::sum);
                missed += reason == DropReason.SLOW_SESSION ? count : 0;
            }
        }

        SessionCount count() {
            int last = Math.min(log.size(), end);
            int inFlight = writing == null ? 0 : writing.size();
            Map<DropReason, Long> lost = new EnumMap<>(skipped);
            if (isOverrun()) {
                lost.merge(DropReason.SLOW_SESSION, (long) overrunBy(), Long::sum);
            }
            int pending = last - next - overrunBy() + own.size() + inFlight;
            return new SessionCount(ownOffered + last - joined, written, excluded, lost, pending);
        }
    }

    // ---- sending

    void append(int id, Frame frame, Peer sender) {
        SentMessage message = new SentMessage(id, frame, sender, -1);
        if (peers.stream().noneMatch(peer -> peer.isOpen() && peer != sender)) {
            answer(message, Outcome.delivered());
            return;
        }
        forget();
        long waiting = bytes(fastest, log.size());
        boolean isTooMuch = waiting > 0 && waiting + message.size() > limits.bytes();
        while (!isTooMuch && gone < fastest && (isTooLong() || used() + message.size() > budget)) {
            answer(log.get(gone), Outcome.dropped(DropReason.SLOW_SESSION));
            gone++;
            forget();
        }
        if (!isTooMuch && (waiting == 0 || used() + message.size() <= budget)) {
            log.add(message);
        } else {
            answer(message, Outcome.dropped(DropReason.OVERFLOW));
        }
    }

    private boolean isTooLong() {
        return fastest - gone > limits.messages() || bytes(gone, fastest) > limits.bytes();
    }

    private long bytes(int from, int to) {
        long bytes = 0;
        for (int offset = from; offset < to; offset++) {
            bytes += log.get(offset).size();
        }
        return bytes;
    }

    Cursor.Offer offer(Peer peer, int id, Frame frame) {
        if (!peer.isOpen()) {
            return Cursor.Offer.CLOSED;
        }
        peer.ownOffered++;
        SentMessage message = new SentMessage(id, frame, null, log.size());
        addressed += message.frame.length;
        long dropped = 0;
        boolean mayDrop = limits.policy() == SlowSession.DROP_OLDEST && !isFull(peer, message, List.of());
        while (mayDrop && isFull(peer, message, peer.own)) {
            peer.skip(DropReason.SLOW_SESSION, 1);
            SentMessage oldest = peer.own.remove(0);
            answer(oldest, Outcome.dropped(DropReason.SLOW_SESSION));
            addressed += oldest.frame.length; // It is told when all are dropped that must be.
            dropped += oldest.frame.length;
        }
        boolean isLost = limits.policy() == SlowSession.DISCONNECT && peer.isOverrun();
        boolean isTaken = !isLost && !isFull(peer, message, peer.own);
        addressed -= dropped;
        if (isTaken) {
            peer.own.add(message);
            return Cursor.Offer.TAKEN;
        }
        addressed -= message.frame.length;
        peer.skip(DropReason.SLOW_SESSION, 1);
        return Cursor.Offer.FULL;
    }

    /** Whether the log, as far as it is still there, and these leave no room. */
    private boolean isFull(Peer peer, SentMessage message, List<SentMessage> own) {
        int from = Math.min(Math.max(peer.next, gone), fastest);
        long messages = (long) fastest - from + own.size();
        long ownBytes = own.stream().mapToLong(one -> one.frame.length).sum();
        long bytes = bytes(from, fastest) + ownBytes;
        return messages >= limits.messages()
                || (messages > 0 && bytes + message.frame.length > limits.bytes())
                || (ownBytes > 0 && ownBytes > budget - addressed);
    }

    /** All may read what was sent, and whoever is idle does. */
    void pass() {
        readable = log.size();
        List.copyOf(peers).forEach(this::flush);
    }

    // ---- writing

    void flush(Peer peer) {
        while (peer.writing == null && !peer.isCloseSent && !peer.isEnded) {
            List<SentMessage> part = take(peer);
            if (part.isEmpty() && peer.close == null) {
                return;
            }
            peer.isCloseSent = part.isEmpty();
            peer.writing = part;
            writes.add(new Write(peer.id, part.isEmpty() ? peer.close.view() : joined(part)));
            if (peer.isQuick) {
                done(peer);
            }
        }
    }

    /** Skips what is gone; {@code false} if it is to be ended for that. */
    boolean catchUp(Peer peer) {
        boolean mayGoOn = limits.policy() == SlowSession.DROP_OLDEST || !peer.isOverrun();
        if (mayGoOn) {
            peer.skipGone();
        }
        return mayGoOn;
    }

    private static ByteBuffer joined(List<SentMessage> part) {
        ByteBuffer all = ByteBuffer.allocate(
                part.stream().mapToInt(message -> message.frame.length).sum());
        part.forEach(message -> all.put(message.frame));
        return all.flip();
    }

    private List<SentMessage> take(Peer peer) {
        if (!catchUp(peer)) {
            return List.of();
        }
        List<SentMessage> part = takeOwn(peer);
        int limit = Math.min(
                peer.isOpen() ? readable : peer.end, peer.own.isEmpty() ? Integer.MAX_VALUE : peer.own.get(0).after);
        while (part.isEmpty() && peer.next < limit) {
            part = takeSlice(peer, limit);
            peer.reaches = peer.next;
            if (part.isEmpty()) {
                fastest = Math.max(fastest, peer.next);
            }
        }
        return part.isEmpty() && !peer.own.isEmpty() ? takeOwn(peer) : part;
    }

    private List<SentMessage> takeOwn(Peer peer) {
        List<SentMessage> part = new ArrayList<>();
        int size = 0;
        while (!peer.own.isEmpty() && peer.own.get(0).after <= peer.next) {
            size += peer.own.get(0).frame.length;
            if (!part.isEmpty() && size > SLICE_BYTES) {
                break;
            }
            part.add(peer.own.remove(0));
        }
        return part;
    }

    /** A slice of all that is readable is cut as if for all; one that ends sooner, as if for this session. */
    private List<SentMessage> takeSlice(Peer peer, int limit) {
        List<SentMessage> part = new ArrayList<>();
        int carried = 0;
        int size = 0;
        for (; peer.next < limit; peer.next++) {
            SentMessage message = log.get(peer.next);
            if (carried > 0 && size + message.frame.length > SLICE_BYTES) {
                break;
            }
            if (message.sender != peer) {
                part.add(message);
            } else {
                peer.excluded++;
            }
            if (message.sender != peer || limit == readable) {
                carried++;
                size += message.frame.length;
            }
        }
        return part;
    }

    void completed(Peer peer) {
        done(peer);
        flush(peer);
    }

    private void done(Peer peer) {
        List<SentMessage> part = peer.writing;
        peer.writing = null;
        peer.written += part.size();
        part.forEach(message -> answer(message, Outcome.delivered()));
        fastest = Math.max(fastest, peer.reaches);
        leave(peer, DropReason.NOT_WRITABLE);
    }

    /** A write failed, and so the connection is gone. */
    void failed(Peer peer) {
        List<SentMessage> part = peer.writing;
        peer.writing = null;
        peer.skip(DropReason.NOT_WRITABLE, part.size());
        part.stream()
                .filter(message -> message.after >= 0)
                .forEach(message -> answer(message, Outcome.dropped(DropReason.NOT_WRITABLE)));
        end(peer);
        leave(peer, DropReason.NOT_WRITABLE);
    }

    // ---- the end

    void close(Peer peer, Frame close) {
        if (beginClose(peer, close)) {
            flush(peer);
        }
    }

    void closeNow(Peer peer, Frame close, DropReason reason) {
        if (beginClose(peer, close)) {
            giveUp(peer, reason);
            flush(peer);
        }
    }

    private boolean beginClose(Peer peer, Frame close) {
        if (peer.close != null || peer.isEnded) {
            return false;
        }
        peer.close = close;
        peer.end = log.size();
        return true;
    }

    void end(Peer peer) {
        peer.isEnded = true;
        giveUp(peer, DropReason.NOT_WRITABLE);
    }

    private void giveUp(Peer peer, DropReason reason) {
        if (!peer.hasGivenUp) {
            peer.hasGivenUp = true;
            peer.end = Math.min(peer.end, log.size());
            peer.skipGone();
            peer.skip(reason, peer.own.size() + peer.end - peer.next);
            peer.next = peer.end;
            peer.own.forEach(message -> answer(message, Outcome.dropped(reason)));
            peer.own.clear();
            leave(peer, reason);
        }
    }

    private void leave(Peer peer, DropReason reason) {
        if (peer.hasGivenUp && (peer.writing == null || peer.writing.isEmpty())) {
            peers.remove(peer);
        }
        for (int offset = unanswered; offset < log.size(); offset++) {
            SentMessage message = log.get(offset);
            int at = offset;
            if (peers.stream().noneMatch(other -> other.wants(message, at))) {
                answer(message, Outcome.dropped(reason));
            }
        }
    }

    Peer join(int id, boolean isQuick) {
        Peer peer = new Peer(id, isQuick);
        peers.add(peer);
        return peer;
    }

    // ---- what is kept

    private void answer(SentMessage message, Outcome outcome) {
        if (!message.isAnswered) {
            message.isAnswered = true;
            addressed -= message.after >= 0 ? message.frame.length : 0;
            answers.add(new Answer(message.id, outcome));
        }
        while (unanswered < log.size() && log.get(unanswered).isAnswered) {
            unanswered++;
        }
        fastest = Math.max(fastest, unanswered);
    }

    /** Forgets what everybody has who is due to get it. */
    private void forget() {
        int needed = unanswered;
        for (Peer peer : peers) {
            needed = Math.min(needed, peer.next < peer.end ? peer.next : needed);
        }
        gone = Math.max(gone, needed);
    }

    /** Bytes that must be kept. */
    long used() {
        forget();
        return bytes(gone, log.size());
    }
}
