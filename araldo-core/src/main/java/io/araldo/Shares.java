package io.araldo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How much of the room of a route each session takes up. One that has half of it alone is held back alone, and so leaves
 * room for others. Of a {@link Mailbox}, and guarded by it.
 */
final class Shares {
    /** So many are kept with nothing unfinished: who sends now and then has not a new one for each message. */
    private static final int MOST_IDLE = 64;

    private final int capacity;
    private final long capacityBytes;
    private final Map<String, Share> shares = new HashMap<>();

    Shares(int capacity, long capacityBytes) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
    }

    /** What one session has unfinished. */
    private static final class Share {
        private int messages;
        private long bytes;

        /** What the session waits for, while it is held back. */
        private @Nullable CompletableFuture<Void> room;
    }

    /** Counts a message in; what its session has to wait for, if it has to. */
    @Nullable
    CompletableFuture<Void> add(String session, int size) {
        Share share = shares.get(session);
        if (share == null) {
            share = new Share();
            shares.put(session, share);
        }
        share.messages++;
        share.bytes += size;
        if (share.room == null && isAtLeast(share, 2)) {
            share.room = new CompletableFuture<>();
        }
        return share.room;
    }

    /** Counts a message out; what its session has waited for, if it may go on now. */
    @Nullable
    CompletableFuture<Void> remove(String session, int size) {
        Share share = shares.get(session);
        if (share == null) {
            throw new IllegalStateException("session " + session + " has nothing unfinished");
        }
        share.messages--;
        share.bytes -= size;
        if (share.messages == 0 && shares.size() > MOST_IDLE) {
            shares.remove(session);
        }
        CompletableFuture<Void> room = share.room;
        if (room == null || isAtLeast(share, 4)) {
            return null;
        }
        share.room = null;
        return room;
    }

    /** Whether it is at least such a part of all, in messages or in bytes. */
    private boolean isAtLeast(Share share, int part) {
        return (long) share.messages * part >= capacity || share.bytes * part >= capacityBytes;
    }

    /** Lets all sessions go: what they wait for. */
    List<CompletableFuture<Void>> letGo() {
        List<CompletableFuture<Void>> rooms = new ArrayList<>();
        for (Share share : shares.values()) {
            if (share.room != null) {
                rooms.add(share.room);
                share.room = null;
            }
        }
        return rooms;
    }

    /** How many sessions are remembered. */
    int size() {
        return shares.size();
    }
}
