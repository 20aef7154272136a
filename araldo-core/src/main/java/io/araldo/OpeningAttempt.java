package io.araldo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One try to open an endpoint, and the inbox of the link that comes of it. It has a time limit, and whoever needs it no
 * longer cancels it: a thread that opens, and so may block, is interrupted; what opens all the same is closed.
 */
final class OpeningAttempt implements Inbox {
    private final SupervisedLink owner;
    private final Endpoint endpoint;
    private final RelayContext context;

    /**
     * There before any thread runs it, so that it can be cancelled at any moment. The cancelling interrupts no thread that
     * has gone on to something else.
     */
    private final FutureTask<@Nullable Void> opener = new FutureTask<>(this::open, null);

    /** Written once, by the thread that begins. */
    private volatile @Nullable Future<?> deadline;

    /** What ended the link before the owner knew of it; guarded by the owner's lock. */
    @Nullable
    EndpointException early;

    OpeningAttempt(SupervisedLink owner, Endpoint endpoint, RelayContext context) {
        this.owner = owner;
        this.endpoint = endpoint;
        this.context = context;
    }

    /** Opens on a thread of its own; the owner is told how it ends. */
    void begin(long limitNanos) {
        try {
            Future<?> timer = context.timer().schedule(() -> owner.late(this), limitNanos, TimeUnit.NANOSECONDS);
            deadline = timer;
            context.opening().execute(opener);
            if (opener.isCancelled()) {
                timer.cancel(false);
            }
        } catch (RejectedExecutionException e) {
            ended(null, new EndpointException("the relay is closing", e));
        }
    }

    @SuppressWarnings("CatchThrowable")
    private void open() {
        try {
            endpoint.open(this, context).whenComplete(this::ended);
        } catch (Throwable e) {
            ended(null, e);
        }
    }

    /** The end of the attempt, one way or the other; only the first report of it counts. */
    private void ended(@Nullable Link opened, @Nullable Throwable error) {
        stopTimer();
        if (opened == null) {
            owner.failed(this, error);
        } else {
            owner.opened(this, opened);
        }
    }

    /** Nobody needs it any longer. Any thread; does not block, and tells the owner nothing. */
    void cancel() {
        opener.cancel(true);
        stopTimer();
    }

    private void stopTimer() {
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public CompletableFuture<Void> received(Message message, Acknowledgement acknowledgement) {
        return owner.received(message, acknowledgement);
    }

    @Override
    public void batch(Runnable read) {
        ReadBatch.during(read);
    }

    @Override
    public void lost(EndpointException reported) {
        owner.lost(this, reported);
    }
}
