package io.araldo;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The run of a route. Any thread offers; one thread at a time, whoever turned {@link #running} on, drains a batch,
 * takes each message through the steps and sends it to the targets. That thread is one of the shared executor or, for a
 * route that holds no user code, the transport's own, for one batch: a hand-over between threads costs more than the
 * whole rest.
 *
 * <p>A lane that has to wait (for a permit, for another attempt, for a target that has not answered) puts the message
 * back, says until when it is {@link #held}, and lets its thread go; a timer or the answer wakes it.
 */
final class Lane implements Runnable {
    /** How many messages one run takes before others get the thread, and one flush covers. */
    private static final int BATCH = 256;

    /** How long a run with user code goes on before others get the thread, and what it has sent is flushed. */
    static final long SLICE_NANOS = 1_000_000;

    final Unanswered unanswered = new Unanswered();

    private final Route route;
    private final Executor executor;
    private final LaneTimer timer;
    private final Reports reports;
    private final Mailbox mailbox;
    private final RouteTally tally = new RouteTally();
    private final boolean isPlain;
    private final Course course;

    /** Of the course; always the same. */
    private final Runnable flush;

    /** Whether it takes one message after the other, since one may have to wait or may become many. */
    private final boolean isStepwise;

    /** On while somebody runs the lane, and at first: nothing moves until all endpoints are open. */
    private final AtomicBoolean running = new AtomicBoolean(true);

    private final AtomicBoolean leaving = new AtomicBoolean();

    /** Of whoever runs the lane. */
    private final Batch batch;

    /** Since when user code runs, and what was sent meanwhile waits for its flush; 0 if it does not. */
    private final AtomicLong unflushedSince = new AtomicLong();

    /** What is due to be sent again. */
    private final Queue<Attempts> due = new ConcurrentLinkedQueue<>();

    /** When what waits may go on, if it may not now; written by whoever runs the lane, asked by any thread. */
    private volatile @Nullable BooleanSupplier held;

    /** Whether what waits goes on waiting, until somebody says otherwise. */
    private volatile boolean paused;

    private volatile boolean closed;

    Lane(Route route, LaneContext context) {
        this.route = route;
        this.executor = context.executor();
        this.timer = context.timer();
        this.reports = context.reports();
        this.mailbox = new Mailbox(route, tally.dropped, timer);
        this.isPlain = route.isPlain();
        this.course = new Course(this, tally, context);
        this.flush = course::flush;
        this.isStepwise = course.isStepwise();
        this.batch = new Batch(mailbox, course, timer, () -> paused, isStepwise ? 1 : BATCH);
    }

    String name() {
        return route.name();
    }

    Route route() {
        return route;
    }

    /** Lets the lane run; what has come in meanwhile goes first. */
    void release() {
        course.sideLanes().forEach(Lane::release);
        running.set(false);
        if (hasWork()) {
            wake();
        }
    }

    /** Takes a message in; complete when its source may go on. */
    CompletableFuture<Void> offer(Delivery delivery) {
        Mailbox.Offer offer = mailbox.offer(delivery);
        for (Delivery victim : offer.dropped()) {
            dropped(victim, offer.reason());
        }
        if (offer.reason() != DropReason.CLOSED && !paused && !isHeld() && begins()) {
            if (isPlain) {
                run();
            } else {
                submit();
            }
        }
        return offer.ready();
    }

    /** Whether the caller has to run the lane. While it runs, only reads: it does so for most messages. */
    private boolean begins() {
        return !running.get() && running.compareAndSet(false, true);
    }

    private boolean isHeld() {
        if (!isStepwise) {
            return false;
        }
        BooleanSupplier until = held;
        return until != null && !until.getAsBoolean();
    }

    private boolean hasWork() {
        return !paused && (!due.isEmpty() || (!mailbox.isEmpty() && !isHeld()));
    }

    private void wake() {
        if (begins()) {
            submit();
        }
    }

    /** The executor may be the user's: whatever it throws, an {@code Error} too, ends this lane and nothing else. */
    @SuppressWarnings("CatchThrowable")
    private void submit() {
        try {
            executor.execute(this);
        } catch (Throwable e) {
            reports.failed(name(), RelayThreads.refused(e));
            close();
        }
    }

    @Override
    public void run() {
        boolean isLent = RelayThread.lend();
        try {
            runBatch();
        } finally {
            if (isLent) {
                RelayThread.giveBack();
            }
        }
    }

    private void runBatch() {
        int count = paused ? 0 : move();
        if (count > 0 && (mailbox.isHalfFull() || !ReadBatch.putOff(flush))) {
            course.flush();
        }
        unflushedSince.lazySet(0);
        if (hasWork()) {
            submit();
            return;
        }
        running.set(false);
        if (hasWork()) {
            wake();
        }
    }

    /** Errors of the user's were caught before. Any other, such as of a memory that is full, must not end the lane. */
    @SuppressWarnings("CatchThrowable")
    private int move() {
        try {
            return isPlain && !isStepwise ? batch.move(BATCH, timer.nanos()) : moveForAWhile();
        } catch (Throwable e) {
            reports.failed(name(), e);
            return 1;
        }
    }

    /** Runs user code, which may be slow: ends soon, so that what was sent is flushed and others get the thread. */
    private int moveForAWhile() {
        long began = timer.nanos();
        unflushedSince.lazySet(began);
        int count = 0;
        int moved;
        long now = began;
        do {
            moved = isStepwise ? moveStep(now) : batch.moveUntil(began + SLICE_NANOS, now);
            count += moved;
            now = timer.nanos();
        } while (moved > 0 && count < BATCH && !paused && now - began < SLICE_NANOS);
        return count;
    }

    /** Sends again what is due, before all else, or moves one message, unless one has to wait; how many. */
    private int moveStep(long now) {
        Attempts again = due.poll();
        if (again != null) {
            again.sendAgain(now);
            return 1;
        }
        if (isHeld()) {
            return 0;
        }
        held = null;
        return moveOne(now) ? 1 : 0;
    }

    private boolean moveOne(long now) {
        Part part = mailbox.nextPart();
        if (part == null) {
            return batch.move(1, now) > 0;
        }
        course.resume(part, now);
        return true;
    }

    /** Puts parts before all else that waits. */
    void putBack(List<Part> parts) {
        if (!mailbox.putFirst(parts)) {
            parts.forEach(this::dropClosed);
        }
    }

    /** Puts a part back, and lets nothing move until it may; called by whoever runs the lane. */
    void hold(Part part, BooleanSupplier until) {
        putBack(List.of(part));
        held = until;
    }

    /** Now, as {@link LaneTimer#nanos}. */
    long nanos() {
        return timer.nanos();
    }

    void hold(Part part, long nanos) {
        long end = timer.nanos() + nanos;
        hold(part, () -> timer.nanos() - end >= 0);
        timer.after(nanos, this::wake);
    }

    /** See {@link Course#giveUp}. */
    void giveUp(Message message, int attempts, Throwable cause, Whole whole) {
        course.giveUp(message, attempts, cause, whole);
    }

    /** Sends something again when it is due; any thread. */
    void sendLater(Attempts attempts, long nanos) {
        timer.after(nanos, () -> {
            due.add(attempts);
            wake();
        });
        if (closed) {
            attempts.close();
        }
    }

    /** A target has nothing unanswered any more; any thread. */
    void freed() {
        if (isStepwise && hasWork()) {
            wake();
        }
    }

    /** Whether this call is the one that takes the lane out of its relay. To be resumed then: it has to run dry. */
    boolean leave() {
        return leaving.compareAndSet(false, true);
    }

    /** Lets nothing more begin its way; what is on it, and what is unanswered, goes on. Not once the lane leaves. */
    void pause() {
        paused = true;
        if (leaving.get()) {
            resume();
        }
    }

    void resume() {
        paused = false;
        if (hasWork()) {
            wake();
        }
    }

    /** Gives a message up that its source has received too late. */
    void refuse(Delivery delivery) {
        mailbox.refuse();
        dropped(delivery, DropReason.CLOSED);
    }

    /** Complete at a moment at which nothing waits and nothing is unanswered, on the way and beside it. */
    CompletableFuture<Void> dry() {
        CompletableFuture<Void> dry = mailbox.dry();
        for (Lane side : course.sideLanes()) {
            dry = dry.thenCompose(before -> side.dry());
        }
        return dry;
    }

    /** How many messages the close has left unfinished: waiting, unanswered, or offered after it. */
    long left() {
        return mailbox.left();
    }

    /** Every leg of a message has answered, or there was none. */
    void finished(Delivery delivery, Outcome outcome) {
        mailbox.finish(delivery);
        delivery.settle(this, outcome);
    }

    /** Tells the source. */
    void answer(Acknowledgement acknowledgement, Outcome outcome) {
        reports.answer(route.source().name(), acknowledgement, outcome);
    }

    /** The mailbox has counted it. */
    private void dropped(Delivery delivery, DropReason reason) {
        reports.dropped(name(), reason);
        delivery.settle(this, Outcome.dropped(reason));
    }

    private void dropClosed(Part part) {
        tally.dropped.count(DropReason.CLOSED);
        reports.dropped(name(), DropReason.CLOSED);
        part.whole().ended(this, Outcome.dropped(DropReason.CLOSED));
    }

    /**
     * Gives up what has been unanswered for too long. Before, it flushes what a run has sent whose user code does not come
     * to an end: nobody can answer what was not written.
     */
    void sweep(long nowNanos) {
        long since = unflushedSince.get();
        if (since != 0 && nowNanos - since > SLICE_NANOS) {
            course.flush();
        }
        unanswered
                .sentUntil(nowNanos - route.timeout().toNanos())
                .forEach(flight -> flight.acknowledge(Outcome.unknown()));
        course.sideLanes().forEach(lane -> lane.sweep(nowNanos));
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes in nothing more, and drops what waits. What is in flight may still be answered. */
    void close() {
        closed = true;
        mailbox.close().forEach(delivery -> dropped(delivery, DropReason.CLOSED));
        for (Part part = mailbox.nextPart(); part != null; part = mailbox.nextPart()) {
            dropClosed(part);
        }
        course.close();
        course.sideLanes().forEach(Lane::close);
    }

    /** Nobody will answer any more, nor what a batch that still runs may send. */
    void abandon() {
        unanswered.close().forEach(flight -> flight.acknowledge(Outcome.unknown()));
        course.sideLanes().forEach(Lane::abandon);
    }

    Ledger.RouteCount count() {
        return mailbox.count(course);
    }
}
