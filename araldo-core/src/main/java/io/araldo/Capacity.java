package io.araldo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much of what a route took in is not finished, the bounds of that, and who waits for room. Of a {@link Mailbox}, and
 * guarded by it, but for {@link #finishUnawaited}. Stages are handed over to be completed without the lock.
 */
final class Capacity {
    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final int messages;
    private final long bytes;
    private final Finished ends = new Finished();

    /** What each session has of the room, where sources are held back; {@code null} where messages are dropped. */
    private final @Nullable Shares shares;

    /** What was taken in, dropped again or not. */
    private long taken;

    private long takenBytes;

    /** How much of it was finished, as far as is known here: asked for only when there seems to be no room. */
    private long finished;

    private long finishedBytes;

    /** What sources that are held back wait for; there is one only while there is no room. */
    private @Nullable CompletableFuture<Void> room;

    /** What whoever waits for the last message to be finished waits for, if anybody does. */
    private @Nullable CompletableFuture<Void> dry;

    Capacity(Route route) {
        this.messages = route.capacity();
        this.bytes = route.capacityBytes();
        this.shares = route.overflow() == Overflow.BLOCK ? new Shares() : null;
    }

    // ---- taking in

    boolean fits(Delivery delivery) {
        if (fits(delivery, unfinished(), unfinishedBytes())) {
            return true;
        }
        learn();
        return fits(delivery, unfinished(), unfinishedBytes());
    }

    /** Whether it would fit if what waits were gone. */
    boolean fitsWithout(int waiting, long waitingBytes, Delivery delivery) {
        return fits(delivery, unfinished() - waiting, unfinishedBytes() - waitingBytes);
    }

    /** A message larger than all the room is taken when it is the only one. */
    private boolean fits(Delivery delivery, long others, long otherBytes) {
        return others == 0 || (others < messages && otherBytes + delivery.size() <= bytes);
    }

    void take(Delivery delivery) {
        taken++;
        takenBytes += delivery.size();
    }

    /**
     * What the source of a message has to wait for that was just taken in, where sources are held back: that the route is
     * full or, before, the share of its session.
     */
    CompletableFuture<Void> readyAfter(Delivery delivery, boolean hasFitted) {
        String session = sharer(delivery);
        CompletableFuture<Void> own = null;
        if (session != null && shares != null) {
            learn();
            own = shares.add(session, delivery.size(), free(), freeBytes());
        }
        if (!hasFitted || isFull()) {
            return room();
        }
        return own == null ? READY : own;
    }

    private boolean isFull() {
        if (free() > 0 && freeBytes() > 0) {
            return false;
        }
        learn();
        return free() <= 0 || freeBytes() <= 0;
    }

    /** Whoever finishes what was just taken in sees that somebody waits. */
    private CompletableFuture<Void> room() {
        if (room == null) {
            room = new CompletableFuture<>();
            ends.await(true);
        }
        return room;
    }

    // ---- finishing

    /**
     * One message is done with, if nobody waits for that, and nothing is shared. Needs no lock: whoever finishes does not
     * meet whoever offers.
     */
    boolean finishUnawaited(Delivery delivery) {
        if (sharer(delivery) != null) {
            return false;
        }
        ends.add(delivery.size());
        return !ends.isAwaited();
    }

    /**
     * One message is done with for which {@link #finishUnawaited} did not hold. Lets sources go on when half of the room is
     * free, not at each single place, and a session as {@link Shares} says.
     */
    List<CompletableFuture<Void>> finish(Delivery delivery) {
        CompletableFuture<Void> own = sharer(delivery) == null ? null : release(delivery);
        learn();
        return freed(own);
    }

    /** One that waited is given up for another: only where nobody is held back. */
    void drop(Delivery delivery) {
        ends.add(delivery.size());
        learn();
    }

    /** What the session of the message has waited for, if it may go on now. */
    private @Nullable CompletableFuture<Void> release(Delivery delivery) {
        ends.add(delivery.size());
        learn();
        String session = sharer(delivery);
        return session == null || shares == null ? null : shares.remove(session, delivery.size(), free(), freeBytes());
    }

    /** The session that has its share of the room. */
    private @Nullable String sharer(Delivery delivery) {
        return shares == null ? null : delivery.session();
    }

    private List<CompletableFuture<Void>> freed(@Nullable CompletableFuture<Void> own) {
        CompletableFuture<Void> free = takeRoom();
        CompletableFuture<Void> end = takeDry();
        return own == null && free == null && end == null
                ? List.of()
                : Stream.of(own, free, end).filter(Objects::nonNull).toList();
    }

    private @Nullable CompletableFuture<Void> takeRoom() {
        CompletableFuture<Void> free = room;
        if (free == null || isMoreThanHalfFull()) {
            return null;
        }
        room = null;
        ends.await(dry != null);
        return free;
    }

    private @Nullable CompletableFuture<Void> takeDry() {
        CompletableFuture<Void> end = dry;
        if (end == null || unfinished() > 0) {
            return null;
        }
        dry = null;
        ends.await(room != null);
        return end;
    }

    /** Complete at the next moment at which nothing is unfinished; see {@link #freedAtOnce}. */
    CompletableFuture<Void> dry() {
        if (dry == null) {
            dry = new CompletableFuture<>();
            ends.await(true);
        }
        return dry;
    }

    /** What does not have to wait, after all: it may have been finished before it was said that somebody waits. */
    List<CompletableFuture<Void>> freedAtOnce() {
        learn();
        return freed(null);
    }

    /** Lets all go on, whatever is unfinished, and gives up what waited. */
    List<CompletableFuture<Void>> close(List<Delivery> rest) {
        List<CompletableFuture<Void>> freed = new ArrayList<>(shares == null ? List.of() : shares.letGo());
        rest.forEach(this::release);
        if (room != null) {
            freed.add(room);
            room = null;
        }
        freed.addAll(freed(null));
        ends.await(dry != null);
        return freed;
    }

    // ---- how much there is

    /** How many messages are unfinished now. */
    long count() {
        learn();
        return unfinished();
    }

    boolean isHalfFull() {
        learn();
        return isMoreThanHalfFull();
    }

    private boolean isMoreThanHalfFull() {
        return unfinished() > messages / 2 || unfinishedBytes() > bytes / 2;
    }

    private void learn() {
        finishedBytes = ends.bytes();
        finished = ends.messages();
    }

    private long unfinished() {
        return taken - finished;
    }

    private long unfinishedBytes() {
        return takenBytes - finishedBytes;
    }

    private long free() {
        return messages - unfinished();
    }

    private long freeBytes() {
        return bytes - unfinishedBytes();
    }
}
