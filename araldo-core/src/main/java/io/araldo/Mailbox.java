package io.araldo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a route, and, by its {@link Capacity}, all that the route holds unfinished: what waits here, and what was
 * drained and is not finished. Any thread offers and finishes; only the lane drains. A drained message of which parts
 * wait here is one that is not finished.
 *
 * <p>It counts what it takes in and what it gives up together with the change itself: a source may still be offering to
 * a route that is just removed, and the last count must hold all the same.
 */
final class Mailbox {
    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final Overflow overflow;
    private final Drops drops;
    private final LaneTimer timer;

    /** All below: guarded by this. */
    private final Capacity capacity;

    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();

    /** When each that waits was taken in; {@code null} where nothing expires. */
    private final @Nullable ArrayDeque<Long> waitingSince;

    /** Parts of messages that were drained; they go first. */
    private final ArrayDeque<Part> parts = new ArrayDeque<>();

    private long waitingBytes;
    private boolean closed;
    private long received;

    /** What was not finished at the close, and what was offered after it. */
    private long left;

    /** @param drops where drops of whole messages are counted */
    Mailbox(Route route, Drops drops, LaneTimer timer) {
        this.overflow = route.overflow();
        this.drops = drops;
        this.timer = timer;
        this.capacity = new Capacity(route);
        this.waitingSince = route.expireAfter().isPresent() ? new ArrayDeque<>() : null;
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
        boolean fits = capacity.fits(delivery);
        if (overflow == Overflow.BLOCK && (fits || !delivery.mustNotWait())) {
            add(delivery);
            CompletableFuture<Void> ready = capacity.readyAfter(delivery, fits);
            return ready.isDone() ? Offer.TAKEN : new Offer(ready, List.of(), DropReason.OVERFLOW);
        }
        if (fits) {
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

    private void add(Delivery delivery) {
        waiting.addLast(delivery);
        if (waitingSince != null) {
            waitingSince.addLast(timer.nanos());
        }
        waitingBytes += delivery.size();
        capacity.take(delivery);
    }

    /** Takes the new one at the cost of the oldest; if what is in flight leaves no room, only the new one is dropped. */
    private List<Delivery> makeRoomFor(Delivery delivery) {
        if (!capacity.fitsWithout(waiting.size(), waitingBytes, delivery)) {
            return List.of(delivery);
        }
        List<Delivery> dropped = new ArrayList<>(1);
        while (!capacity.fits(delivery)) {
            Delivery oldest = waiting.removeFirst();
            if (waitingSince != null) {
                waitingSince.removeFirst();
            }
            waitingBytes -= oldest.size();
            capacity.drop(oldest);
            dropped.add(oldest);
        }
        add(delivery);
        return dropped;
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

    /** One that was drained is done with. */
    void finish(Delivery delivery) {
        if (capacity.finishUnawaited(delivery)) {
            return;
        }
        List<CompletableFuture<Void>> freed;
        synchronized (this) {
            freed = capacity.finish(delivery);
        }
        complete(freed);
    }

    private static void complete(List<CompletableFuture<Void>> freed) {
        freed.forEach(stage -> stage.complete(null));
    }

    /** Complete at the next moment at which nothing is unfinished: now, if nothing is. */
    CompletableFuture<Void> dry() {
        CompletableFuture<Void> dry;
        List<CompletableFuture<Void>> freed;
        synchronized (this) {
            dry = capacity.dry();
            freed = capacity.freedAtOnce();
        }
        complete(freed);
        return dry;
    }

    synchronized long left() {
        return left;
    }

    /** Whether it is not long before it is full, unless something is finished. */
    synchronized boolean isHalfFull() {
        return capacity.isHalfFull();
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
        List<CompletableFuture<Void>> freed;
        synchronized (this) {
            left += closed ? 0 : capacity.count();
            closed = true;
            rest = List.copyOf(waiting);
            waiting.clear();
            if (waitingSince != null) {
                waitingSince.clear();
            }
            waitingBytes = 0;
            freed = capacity.close(rest);
            rest.forEach(delivery -> drops.count(DropReason.CLOSED));
        }
        complete(freed);
        return rest;
    }
}
