package io.araldo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a route holds unfinished, bounded in messages and in bytes: those that wait here, and those that were drained
 * and are not finished. Any thread offers and finishes; only the lane drains. A drained message of which parts wait here
 * is one that is not finished.
 *
 * <p>It counts what it takes in and what it gives up together with the change itself: a source may still be offering to
 * a route that is just removed, and the last count must hold all the same.
 */
final class Mailbox {
    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final int capacity;
    private final long capacityBytes;
    private final Overflow overflow;
    private final Drops drops;
    private final LaneTimer timer;

    /** All below: guarded by this. */
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();

    /** When each that waits was taken in; {@code null} where nothing expires. */
    private final @Nullable ArrayDeque<Long> waitingSince;

    /** Parts of messages that were drained; they go first. */
    private final ArrayDeque<Part> parts = new ArrayDeque<>();

    private long waitingBytes;
    private int unfinished;
    private long unfinishedBytes;
    private boolean closed;
    private long received;

    /** What was not finished at the close, and what was offered after it. */
    private long left;

    /** What sources that are held back wait for; there is one only while the mailbox is full. */
    private @Nullable CompletableFuture<Void> room;

    /** What each session has of the room, where sources are held back; {@code null} where messages are dropped. */
    private final @Nullable Shares shares;

    /** What whoever waits for the last message to be finished waits for, if anybody does. */
    private @Nullable CompletableFuture<Void> dry;

    /** @param drops where drops of whole messages are counted */
    Mailbox(Route route, Drops drops, LaneTimer timer) {
        this.capacity = route.capacity();
        this.capacityBytes = route.capacityBytes();
        this.overflow = route.overflow();
        this.drops = drops;
        this.timer = timer;
        this.waitingSince = route.expireAfter().isPresent() ? new ArrayDeque<>() : null;
        this.shares = overflow == Overflow.BLOCK ? new Shares() : null;
    }

    /** Whether it knows when it has taken in what waits. */
    boolean dates() {
        return waitingSince != null;
    }

    /** What became of an offer: when the source may go on, and what was dropped for it. */
    record Offer(CompletableFuture<Void> ready, List<Delivery> dropped, DropReason reason) {
        private static final Offer TAKEN = new Offer(READY, List.of(), DropReason.OVERFLOW);
    }

    synchronized Offer offer(Delivery delivery) {
        received++;
        if (closed) {
            left++;
            return dropping(List.of(delivery), DropReason.CLOSED);
        }
        if (shares != null) {
            return blocking(delivery, shares);
        }
        if (hasRoomFor(delivery)) {
            add(delivery);
            return Offer.TAKEN;
        }
        boolean isOldest = overflow == Overflow.DROP_OLDEST;
        return dropping(isOldest ? makeRoomFor(delivery) : List.of(delivery), DropReason.OVERFLOW);
    }

    /** Takes a message in that comes too late: to be dropped. */
    synchronized void refuse() {
        received++;
        drops.count(DropReason.CLOSED);
    }

    private Offer dropping(List<Delivery> dropped, DropReason reason) {
        dropped.forEach(delivery -> drops.count(reason));
        return new Offer(READY, dropped, reason);
    }

    /**
     * Takes it, unless there is no room and its sender cannot wait. What holds its source back is that the route is full or,
     * before, the share of its session.
     */
    private Offer blocking(Delivery delivery, Shares of) {
        boolean isRoom = hasRoomFor(delivery);
        if (!isRoom && delivery.mustNotWait()) {
            return dropping(List.of(delivery), DropReason.OVERFLOW);
        }
        add(delivery);
        String session = delivery.session();
        CompletableFuture<Void> own = session == null ? null : of.add(session, delivery.size(), free(), freeBytes());
        if (!isRoom || isFull()) {
            if (room == null) {
                room = new CompletableFuture<>();
            }
            return new Offer(room, List.of(), DropReason.OVERFLOW);
        }
        return own == null ? Offer.TAKEN : new Offer(own, List.of(), DropReason.OVERFLOW);
    }

    private void add(Delivery delivery) {
        waiting.addLast(delivery);
        if (waitingSince != null) {
            waitingSince.addLast(timer.nanos());
        }
        waitingBytes += delivery.size();
        unfinished++;
        unfinishedBytes += delivery.size();
    }

    /** Takes the new one at the cost of the oldest; if what is in flight leaves no room, only the new one is dropped. */
    private List<Delivery> makeRoomFor(Delivery delivery) {
        if (!fits(delivery, unfinished - waiting.size(), unfinishedBytes - waitingBytes)) {
            return List.of(delivery);
        }
        List<Delivery> dropped = new ArrayList<>(1);
        while (!hasRoomFor(delivery)) {
            Delivery oldest = waiting.removeFirst();
            if (waitingSince != null) {
                waitingSince.removeFirst();
            }
            waitingBytes -= oldest.size();
            release(oldest);
            dropped.add(oldest);
        }
        add(delivery);
        return dropped;
    }

    private boolean hasRoomFor(Delivery delivery) {
        return fits(delivery, unfinished, unfinishedBytes);
    }

    /** A message larger than all the room is taken when it is the only one. */
    private boolean fits(Delivery delivery, int others, long otherBytes) {
        return others == 0 || (others < capacity && otherBytes + delivery.size() <= capacityBytes);
    }

    private boolean isFull() {
        return free() <= 0 || freeBytes() <= 0;
    }

    private int free() {
        return capacity - unfinished;
    }

    private long freeBytes() {
        return capacityBytes - unfinishedBytes;
    }

    /** What the session of a message has waited for, if it may go on now. */
    private @Nullable CompletableFuture<Void> release(Delivery delivery) {
        unfinished--;
        unfinishedBytes -= delivery.size();
        if (shares == null) {
            return null;
        }
        String session = delivery.session();
        return session == null ? null : shares.remove(session, delivery.size(), free(), freeBytes());
    }

    /**
     * Moves so much of what waits into the batch, the oldest first; how many. They stay unfinished.
     *
     * @param taken gets when each was taken in, where messages expire
     */
    synchronized int drain(Delivery[] batch, long[] taken, int most) {
        int count = Math.min(most, waiting.size());
        for (int i = 0; i < count; i++) {
            batch[i] = waiting.removeFirst();
            if (waitingSince != null) {
                taken[i] = waitingSince.removeFirst();
            }
            waitingBytes -= batch[i].size();
        }
        return count;
    }

    /** Puts a range of what was drained before all else that waits, in its order; {@code false} once closed: to be moved. */
    synchronized boolean putBack(Delivery[] batch, long[] taken, int from, int to) {
        for (int i = to - 1; i >= from && !closed; i--) {
            waiting.addFirst(batch[i]);
            waitingBytes += batch[i].size();
            if (waitingSince != null) {
                waitingSince.addFirst(taken[i]);
            }
            batch[i] = null;
        }
        return !closed;
    }

    /** Puts parts before all else, in their order; {@code false} once closed: to be dropped. */
    synchronized boolean putFirst(List<Part> first) {
        for (int i = first.size() - 1; i >= 0 && !closed; i--) {
            parts.addFirst(first.get(i));
        }
        return !closed;
    }

    /** The next part, if any waits: before anything is drained. */
    synchronized @Nullable Part nextPart() {
        return parts.pollFirst();
    }

    /**
     * One that was drained is done with. Lets sources go on when half of the room is free, not at each single place, and a
     * session as {@link Shares} says.
     */
    void finish(Delivery delivery) {
        CompletableFuture<Void> own;
        CompletableFuture<Void> free = null;
        CompletableFuture<Void> finished = null;
        synchronized (this) {
            own = release(delivery);
            if (room != null && !isHalfFull()) {
                free = room;
                room = null;
            }
            if (dry != null && unfinished == 0) {
                finished = dry;
                dry = null;
            }
        }
        if (own != null) {
            own.complete(null);
        }
        if (free != null) {
            free.complete(null);
        }
        if (finished != null) {
            finished.complete(null);
        }
    }

    /** Complete at the next moment at which nothing is unfinished: now, if nothing is. */
    synchronized CompletableFuture<Void> dry() {
        if (unfinished == 0) {
            return READY;
        }
        if (dry == null) {
            dry = new CompletableFuture<>();
        }
        return dry;
    }

    synchronized long left() {
        return left;
    }

    /** Whether it is not long before it is full, unless something is finished. */
    synchronized boolean isHalfFull() {
        return unfinished > capacity / 2 || unfinishedBytes > capacityBytes / 2;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && parts.isEmpty();
    }

    /** What was taken in and what waits, together with what else counts them. */
    synchronized Ledger.RouteCount count(Course course) {
        return course.count(received, waiting.size() + parts.size());
    }

    /** Refuses what is offered from now on, lets sources go on, and hands over what waited: to be dropped. */
    List<Delivery> close() {
        List<Delivery> rest;
        List<CompletableFuture<Void>> held;
        CompletableFuture<Void> free;
        CompletableFuture<Void> finished = null;
        synchronized (this) {
            left += closed ? 0 : unfinished;
            closed = true;
            rest = List.copyOf(waiting);
            waiting.clear();
            if (waitingSince != null) {
                waitingSince.clear();
            }
            waitingBytes = 0;
            held = shares == null ? List.of() : shares.letGo();
            rest.forEach(this::release);
            rest.forEach(delivery -> drops.count(DropReason.CLOSED));
            free = room;
            room = null;
            if (unfinished == 0) {
                finished = dry;
                dry = null;
            }
        }
        held.forEach(own -> own.complete(null));
        if (free != null) {
            free.complete(null);
        }
        if (finished != null) {
            finished.complete(null);
        }
        return rest;
    }
}
