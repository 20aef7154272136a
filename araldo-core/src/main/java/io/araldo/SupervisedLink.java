package io.araldo;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's link for as long as the relay lives: opens it, and is the one place that opens another when it is lost.
 * To its users it is a target that is sometimes not writable.
 */
final class SupervisedLink {
    private static final GuardedLog LOG = new GuardedLog();

    /** The life of a supervised link; each change is made under the lock. */
    private enum State {
        /** Not asked to open yet: to OPENING. */
        NEW,
        /** An attempt runs: to OPEN if it succeeds, WAITING if it fails, CLOSED if it was the first and mandatory. */
        OPENING,
        /** There is a link: to WAITING when it is lost. */
        OPEN,
        /** The next attempt is due after the backoff: to OPENING. */
        WAITING,
        /** The end, from any state. */
        CLOSED
    }

    private final Endpoint endpoint;
    private final LinkErrors errors;
    private final Encoder encoder;
    private final boolean isOptional;
    private final Backoff backoff;
    private final Duration limit;
    private final Consumer<RelayEvent> events;
    private final CompletableFuture<Void> firstOpened = new CompletableFuture<>();
    private final SessionTotal sessions;
    private final Object lock = new Object();

    /** What is received goes there; nowhere, for an endpoint that no route reads. */
    private volatile @Nullable Source source;

    /** Written under the lock, read by senders without it. */
    private volatile @Nullable Link link;

    /** Written under the lock; each attempt takes the one of its time. */
    private volatile RelayContext context;

    /** All below: guarded by the lock. */
    private State state = State.NEW;

    private @Nullable OpeningAttempt attempt;
    private @Nullable Future<?> retry;
    private int failures;
    private Instant since;
    private String why = "not opened yet";
    private boolean wasOpen;

    /** What whoever needs more of the link waits for. */
    private CompletableFuture<Void> reopened = new CompletableFuture<>();

    SupervisedLink(Endpoint endpoint, boolean isOptional, RelayContext context, RelayBuilder options) {
        this.endpoint = endpoint;
        this.errors = new LinkErrors(endpoint.name());
        this.sessions = new SessionTotal(endpoint.name());
        this.encoder = new Encoder(endpoint.marshaller());
        this.isOptional = isOptional;
        this.context = context;
        this.events = context.events();
        this.backoff = options.backoff;
        this.limit = options.startup;
        this.since = context.clock().instant();
    }

    String name() {
        return endpoint.name();
    }

    /** Where to hand what is received; called before {@link #open}, or when the first route comes that reads. */
    void readInto(Source source) {
        this.source = source;
    }

    /**
     * Begins to open; call it once. Complete when it is open or, if optional, when the first attempt has failed; fails
     * when a mandatory one could not be opened, and nothing is left then.
     */
    CompletableFuture<Void> open() {
        attempt();
        return firstOpened;
    }

    /** Says what routes need from now on. Complete when a link serves them: one that does not is replaced. */
    CompletableFuture<Void> serve(boolean receiving, boolean sending) {
        CompletableFuture<Void> awaited;
        OpeningAttempt replaced;
        synchronized (lock) {
            context = context.serving(receiving, sending);
            Link open = link;
            replaced = attempt;
            if (open == null || replaced == null || open.serves(receiving, sending)) {
                return CompletableFuture.completedFuture(null);
            }
            awaited = reopened;
        }
        replace(replaced, errors.insufficient());
        return awaited;
    }

    private void attempt() {
        OpeningAttempt next;
        synchronized (lock) {
            if (state == State.CLOSED) {
                return;
            }
            state = State.OPENING;
            next = new OpeningAttempt(this, endpoint, context);
            attempt = next;
        }
        next.begin(limit.toNanos());
    }

    /** Its time is over. It is cancelled, too: one that blocks for ever would cost a thread with each attempt. */
    void late(OpeningAttempt ended) {
        if (failed(ended, errors.late(limit))) {
            ended.cancel();
        }
    }

    /** There is a link; if nobody wants it any longer, it is closed. */
    void opened(OpeningAttempt by, Link opened) {
        if (!succeeded(by, opened)) {
            closed(opened);
        }
    }

    /** As {@link Inbox#received}. */
    CompletableFuture<Void> received(Message message, Acknowledgement acknowledgement) {
        return Source.hand(source, message, acknowledgement);
    }

    /** As {@link Inbox#lost}; a link may report it before we know of the link. */
    void lost(OpeningAttempt of, EndpointException reported) {
        EndpointException cause = errors.lost(reported);
        synchronized (lock) {
            if (attempt != of || state == State.OPENING) {
                of.early = cause;
                return;
            }
        }
        replace(of, cause);
    }

    /** Whether the link is ours now; if not, nobody wants it. */
    private boolean succeeded(OpeningAttempt ended, Link opened) {
        EndpointException lostEarly;
        CompletableFuture<Void> served = firstOpened;
        Duration gap;
        boolean isFirst;
        synchronized (lock) {
            if (attempt != ended || state != State.OPENING) {
                return false;
            }
            Instant now = context.clock().instant();
            gap = Duration.between(since, now);
            isFirst = !wasOpen;
            wasOpen = true;
            state = State.OPEN;
            link = opened;
            since = now;
            failures = 0;
            lostEarly = ended.early;
            raiseOpened(isFirst, gap);
            if (!opened.serves(context.receives(), context.sends())) {
                lostEarly = errors.insufficient();
            } else {
                served = reopened;
                reopened = new CompletableFuture<>();
            }
        }
        sessions.opened(opened);
        served.complete(null);
        String what = isFirst ? "open at " + LinkErrors.addressOf(opened) : "restored after " + gap.toMillis() + " ms";
        LOG.info("relay '{}': '{}' is {}", context.relay(), name(), what);
        firstOpened.complete(null);
        if (lostEarly != null) {
            replace(ended, lostEarly);
        }
        return true;
    }

    /** Under the lock, as all events are: their order is that of the changes, and raising only puts them in a queue. */
    private void raiseOpened(boolean isFirst, Duration gap) {
        if (isFirst) {
            events.accept(new RelayEvent.LinkOpened(name()));
        } else {
            events.accept(new RelayEvent.LinkRestored(name()));
            events.accept(new RelayEvent.Gap(name(), gap));
        }
    }

    /** Whether the attempt ends hereby. */
    boolean failed(OpeningAttempt ended, @Nullable Throwable error) {
        EndpointException cause = errors.opening(error);
        Duration delay;
        int count;
        boolean isFinal;
        synchronized (lock) {
            if (attempt != ended || state != State.OPENING) {
                return false;
            }
            isFinal = !wasOpen && !isOptional;
            why = String.valueOf(cause.getMessage());
            count = ++failures;
            delay = backoff.delay(count);
            state = isFinal ? State.CLOSED : State.WAITING;
            if (!isFinal) {
                events.accept(new RelayEvent.OpenFailed(name(), count, delay, cause));
                retryAfter(delay);
            }
        }
        if (isFinal) {
            firstOpened.completeExceptionally(cause);
            return true;
        }
        if (count == 1) {
            LOG.warn("relay '{}': {}; trying again until it opens", context.relay(), cause.getMessage());
        }
        firstOpened.complete(null);
        return true;
    }

    /** Its link is of no use any longer: closes it, and opens another. */
    private void replace(OpeningAttempt of, EndpointException cause) {
        Link dead;
        synchronized (lock) {
            if (attempt != of || state != State.OPEN) {
                return;
            }
            state = State.WAITING;
            dead = link;
            link = null;
            since = context.clock().instant();
            why = String.valueOf(cause.getMessage());
            events.accept(new RelayEvent.LinkLost(name(), cause));
        }
        LOG.warn("relay '{}': '{}' is lost: {}", context.relay(), name(), cause.getMessage());
        synchronized (lock) {
            // Not before: the log would tell of the next attempt first.
            if (attempt == of && state == State.WAITING) {
                retryAfter(backoff.delay(1));
            }
        }
        if (dead != null) {
            closed(dead);
        }
    }

    /** Closes a link, which may be anybody's; complete when that is done, whatever it throws or answers with. */
    @SuppressWarnings("CatchThrowable")
    private CompletableFuture<Void> closed(Link dead) {
        CompletableFuture<Void> closing;
        try {
            closing = dead.close().toCompletableFuture();
        } catch (Throwable e) {
            closing = CompletableFuture.failedFuture(e);
        }
        return closing.exceptionally(this::closeFailed).thenRun(() -> sessions.ended(dead));
    }

    private @Nullable Void closeFailed(Throwable error) {
        LOG.warn("relay '{}': '{}' did not close in order: {}", context.relay(), name(), Reports.oneLine(error));
        return null;
    }

    /** Under the lock. */
    private void retryAfter(Duration delay) {
        try {
            retry = context.timer().schedule(this::attempt, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("relay '{}' is closing: '{}' stays closed", context.relay(), name());
        }
    }

    /** As {@link Link#send}, after encoding; may be called on a transport's thread if the marshaller is ours. */
    @SuppressWarnings("CatchThrowable")
    void send(Message message, Acknowledgement acknowledgement) {
        Link open = link;
        if (open == null) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NOT_WRITABLE));
            return;
        }
        try {
            open.send(encoder.encode(message), acknowledgement);
        } catch (Throwable e) {
            acknowledgement.acknowledge(Outcome.failed(e));
        }
    }

    void flush() {
        Link open = link;
        if (open != null) {
            open.flush();
        }
    }

    URI address() {
        Link open = link;
        if (open == null) {
            throw new EndpointException("endpoint '" + name() + "' is not open: " + health().why());
        }
        return open.address();
    }

    Health health() {
        Link open = link;
        if (open != null) {
            return LinkErrors.healthOf(open, context.clock());
        }
        synchronized (lock) {
            return Health.down(since, state == State.CLOSED ? "closed" : why);
        }
    }

    /** See {@link Link#sessionCount}; of all links that there were. */
    Optional<Ledger.SessionCount> sessionCount() {
        return sessions.count();
    }

    /** Ends it, from any state; complete when the link is closed. Again: nothing to do. */
    CompletableFuture<Void> close() {
        Link open;
        OpeningAttempt last;
        CompletableFuture<Void> awaited;
        synchronized (lock) {
            state = State.CLOSED;
            since = context.clock().instant();
            open = link;
            link = null;
            last = attempt;
            awaited = reopened;
            if (retry != null) {
                retry.cancel(false);
            }
        }
        if (last != null) {
            last.cancel();
        }
        EndpointException cause = new EndpointException("the relay was closed");
        firstOpened.completeExceptionally(cause);
        awaited.completeExceptionally(cause);
        return open == null ? CompletableFuture.completedFuture(null) : closed(open);
    }
}
