package io.araldo.websocket;

import io.araldo.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What a peer has been sent and has not confirmed. WebSocket has no acknowledgements, but a peer must answer a ping with
 * its payload, and it reads frames in order: so a ping that follows messages is a <em>fence</em>, and its pong says that
 * all before it were read. That a write has succeeded says nothing: the bytes may be in a buffer of a connection that is
 * already dead.
 *
 * <p>Fences carry the number of the last message before them. At most {@value #MAX_FENCES} are on their way, so a peer
 * that sends without being read (or the other way round) does not pile up pongs; messages meanwhile wait for the next.
 * Not thread-safe: guarded by its owner.
 */
final class Confirmations {
    static final int MAX_FENCES = 8;

    private final ArrayDeque<PeerMessage> unconfirmed = new ArrayDeque<>();
    private final ArrayDeque<Long> fences = new ArrayDeque<>();

    /** The number of the newest message, and of the newest that has a fence behind it. */
    private long newest;

    private long fenced;

    /** Adds a message behind all others. */
    void add(PeerMessage message) {
        unconfirmed.add(message);
        newest++;
    }

    int size() {
        return unconfirmed.size();
    }

    /** Whether there are messages without a fence. */
    boolean wantsFence() {
        return newest > fenced;
    }

    /** Whether another fence may be sent. */
    boolean allowsFence() {
        return fences.size() < MAX_FENCES;
    }

    /** The payload of the ping that is written behind all messages so far. */
    byte[] fence() {
        fenced = newest;
        fences.add(newest);
        return ByteBuffer.allocate(Long.BYTES).putLong(newest).array();
    }

    /** The messages that a pong confirms: none, if it is not the answer to a fence. */
    List<PeerMessage> confirmedBy(ByteBuffer pong) {
        long number = pong.remaining() == Long.BYTES ? pong.getLong(pong.position()) : -1;
        if (!fences.contains(number)) {
            return List.of();
        }
        fences.removeIf(fence -> fence <= number);
        List<PeerMessage> confirmed = new ArrayList<>();
        while (unconfirmed.size() > newest - number) {
            confirmed.add(unconfirmed.remove());
        }
        return confirmed;
    }

    /** Stops waiting for what was written at this time or before; the oldest first, so up to the first that was not. */
    List<PeerMessage> giveUpWrittenBy(long nanos) {
        List<PeerMessage> givenUp = new ArrayList<>();
        while (!unconfirmed.isEmpty() && unconfirmed.peek().isWrittenBy(nanos)) {
            givenUp.add(unconfirmed.remove());
        }
        return givenUp;
    }

    /** Nothing more will be confirmed. */
    List<PeerMessage> giveUpAll() {
        List<PeerMessage> all = List.copyOf(unconfirmed);
        unconfirmed.clear();
        fences.clear();
        return all;
    }

    /** Answers; without a lock. */
    static void answer(List<PeerMessage> messages, Outcome outcome) {
        messages.forEach(message -> message.answer(outcome));
    }
}
