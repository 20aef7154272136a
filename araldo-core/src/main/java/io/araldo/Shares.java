package io.araldo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How much of the room of a route each session takes up. One that has as much as is free is held back alone: however many
 * flood the route, each has the same part of it, and as much again is left for those who do not. (In switches this is known as
 * a dynamic threshold: Choudhury and Hahne, 1998.) Of a {@link Capacity}, and guarded as it is.
 */
final class Shares {
    /** So many are kept with nothing unfinished: who sends now and then has not a new one for each message. */
    private static final int MOST_IDLE = 64;

    /** A session goes on when it has less than such a part of what is free: not at each single place. */
    private static final int RESUMED = 3;

    private final Map<String, Share> shares = new HashMap<>();

    /** What one session has unfinished. */
    private static final class Share {
        private int messages;
        private long bytes;

        /** What the session waits for, while it is held back. */
        private @Nullable CompletableFuture<Void> room;
    }

    /**
     * Counts a message in; what its session has to wait for, if it has to.
     *
     * @param free how many messages have room beside it; where none has, all sessions wait, and it is not for this one alone
     * @param freeBytes likewise
     */
    @Nullable
    CompletableFuture<Void> add(String session, int size, long free, long freeBytes) {
        Share share = shares.get(session);
        if (share == null) {
            share = new Share();
            shares.put(session, share);
        }
        share.messages++;
        share.bytes += size;
        boolean isAnyFree = free > 0 && freeBytes > 0;
        if (share.room == null && isAnyFree && isAtLeast(share, free, freeBytes)) {
            share.room = new CompletableFuture<>();
        }
        return share.room;
    }

    /** Counts a message out; what its session has waited for, if it may go on now: at the latest with its last one. */
    @Nullable
    CompletableFuture<Void> remove(String session, int size, long free, long freeBytes) {
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
        boolean isToWait = share.messages > 0 && isAtLeast(share, free / RESUMED, freeBytes / RESUMED);
        if (room == null || isToWait) {
            return null;
        }
        share.room = null;
        return room;
    }

    private static boolean isAtLeast(Share share, long messages, long bytes) {
        return share.messages >= messages || share.bytes >= bytes;
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
