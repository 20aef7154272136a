package io.araldo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link Route}; {@code to(…)} ends it. For one thread, and for one route: make a new one for the next.
 * What the functions given here throw is counted as a failure of the message; they run on the route's lane, one message
 * at a time, and should not block: the route waits meanwhile.
 */
public final class RouteBuilder {
    final Endpoint source;
    final List<Step> steps = new ArrayList<>();
    int capacity = 4_096;
    long capacityBytes = 16 << 20;
    Duration timeout = Duration.ofSeconds(10);
    boolean addressable;

    /** How far a message may go round; 0 if it may not. */
    int loopHops;

    @Nullable
    String name;

    /** How long a message may wait; {@code null} if for ever. */
    @Nullable
    Duration expiry;

    private @Nullable Overflow overflow;
    private int attempts = 1;
    private Backoff backoff = Backoff.standard();
    private boolean retriesUnknown;
    private @Nullable Endpoint deadLetter;

    RouteBuilder(Endpoint source) {
        this.source = Checks.notNull("source", source);
    }

    /** Names the route, for the ledger, events, drawings and the log. */
    public RouteBuilder name(String name) {
        this.name = Checks.notBlank("route name", name);
        return this;
    }

    /** Lets only those messages on for which the predicate holds. */
    public RouteBuilder filter(Predicate<Message> wanted) {
        steps.add(Step.filter(Checks.notNull("filter", wanted)));
        return this;
    }

    /**
     * Replaces each message by another; must not return {@code null}. A message that is made anew, such as by
     * {@link Message#text} or {@link Message#reply}, takes over what keeps it from going in circles: the trail and the
     * hops of the one that it was made of, and its origin, if it has none of its own. So the sender of the one does not get
     * the other, unless it is addressed to him.
     */
    public RouteBuilder map(UnaryOperator<Message> change) {
        steps.add(Step.map(Checks.notNull("map", change)));
        return this;
    }

    /**
     * Replaces each message by those that the function makes of it, none, one or many; they go on in their order, before
     * the next message. The source's message is settled when all of them are, by the gravest of their outcomes, and as
     * {@link Outcome.Kind#FILTERED} if there is none. However many they are, they take up the room of the one that they
     * came from: it is the function that bounds them. It must not return {@code null}. Each takes over trail, hops and origin,
     * as with {@link #map}.
     */
    public RouteBuilder split(Function<Message, ? extends Collection<Message>> parts) {
        steps.add(Step.split(Checks.notNull("split", parts)));
        return this;
    }

    /**
     * Sends a copy, as the steps so far have left the message, to another endpoint. The route neither waits for it nor
     * asks what becomes of it, even if that is a {@link LocalEndpoint} whose handler blocks: copies have a queue of their
     * own, as large as the route's, which drops the oldest when it is full. They are counted apart, in
     * {@link Ledger.RouteCount#taps}.
     */
    public RouteBuilder tap(Endpoint endpoint) {
        steps.add(Step.tap(Checks.notNull("tap", endpoint)));
        return this;
    }

    /**
     * Filters messages whose key has come through here within the window before. Keys are remembered when a message
     * passes this step, whatever becomes of it afterwards; a repeat does not prolong the window.
     *
     * @param key what makes two messages the same, such as {@code Message::id}; must not return {@code null}
     * @param window for how long, to the millisecond, by the relay's clock
     * @param capacity how many keys it remembers; beyond that it forgets those that came least recently
     */
    public RouteBuilder dedupe(Function<Message, String> key, Duration window, int capacity) {
        steps.add(Step.dedupe(
                Checks.notNull("key", key), Checks.positive("window", window), Checks.positive("capacity", capacity)));
        return this;
    }

    /**
     * Lets no more than so many messages through within any span of this length. Beyond that the route waits, without
     * holding a thread, and what comes in meanwhile waits in its queue, which overflows as {@link #queue} says.
     *
     * @param permits how many; eight bytes of memory each
     * @param per the length
     */
    public RouteBuilder rateLimit(int permits, Duration per) {
        steps.add(Step.rateLimit(Checks.positive("permits", permits), Checks.positive("per", per)));
        return this;
    }

    /**
     * Tries again what fails: a message whose target answers with an error, or whose target's link is not open
     * ({@link DropReason#NOT_WRITABLE}), is sent to that target again; a step or router that throws is called again with
     * the same message. What is not answered in time is not sent again, since it may have arrived; see
     * {@link #retryUnknown}.
     *
     * <p>Order is kept: there is at most one unanswered message for each target, and the route waits, without holding a
     * thread, while the next one is for a target that has not taken the one before. So it moves one message in the
     * time of an answer. Another attempt is no new offer in the {@link Ledger}, and is not reported. When the relay is
     * closed, what waits for another attempt is given up as it failed last.
     *
     * @param attempts how often a message is tried altogether, the first time included
     * @param backoff how long to wait in between
     */
    public RouteBuilder retry(int attempts, Backoff backoff) {
        this.attempts = Checks.positive("attempts", attempts);
        this.backoff = Checks.notNull("backoff", backoff);
        return this;
    }

    /**
     * Handles what is not answered in time as a failure: it is tried again, and goes to the dead letters in the end. For
     * targets to which it does no harm if a message arrives twice.
     */
    public RouteBuilder retryUnknown() {
        this.retriesUnknown = true;
        return this;
    }

    /**
     * Sends what has failed for good, after all attempts, to another endpoint: what a step or the router threw at, what
     * a target answered with an error, and what a target did not take because its link is not open. The message is as it
     * was when it failed, with the headers {@link Message#DEAD_LETTER_CAUSE}, {@link Message#DEAD_LETTER_ATTEMPTS},
     * {@link Message#DEAD_LETTER_ROUTE} and {@link Message#DEAD_LETTER_TIME}; the endpoint needs a marshaller that carries
     * headers, such as {@link Marshaller#json()}, to show them.
     *
     * <p>It counts as failed where it failed, and as offered to this endpoint. Its source is told
     * {@link Outcome.Kind#DEAD_LETTERED} once the endpoint has taken it, and {@link Outcome.Kind#FAILED} if it does not;
     * until then it takes up room in the route. What cannot be decoded is no message yet, and no dead letter. A relay that
     * is being closed hands over no more.
     */
    public RouteBuilder deadLetter(Endpoint endpoint) {
        this.deadLetter = Checks.notNull("deadLetter", endpoint);
        return this;
    }

    /**
     * How many messages the route holds unfinished (waiting, or sent and unanswered), and what it does beyond that.
     * Default: 4,096, {@link Overflow#BLOCK} where the source can wait and {@link Overflow#DROP_OLDEST} where it cannot.
     */
    public RouteBuilder queue(int capacity, Overflow overflow) {
        this.capacity = Checks.positive("capacity", capacity);
        this.overflow = Checks.notNull("overflow", overflow);
        return this;
    }

    /**
     * How many bytes of payload the route holds unfinished; default 16 MiB. A single message that is larger is still
     * taken when the route holds nothing else.
     */
    public RouteBuilder queueBytes(long capacityBytes) {
        this.capacityBytes = Checks.positive("capacityBytes", capacityBytes);
        return this;
    }

    /**
     * Gives up what is too old when its turn comes: a message that has waited in the route for longer than this is dropped
     * ({@link DropReason#EXPIRED}) and goes to no target. It waits from when the route has taken it in until it is sent: in
     * the queue, while the route is paused, for {@link #rateLimit}, and for a target that has not taken the one before
     * ({@link #retry}). Until its turn it takes up room. What was tried once does not expire any more, and copies and dead
     * letters do not. Default: nothing does.
     */
    public RouteBuilder expireAfter(Duration expiry) {
        this.expiry = Checks.positive("expireAfter", expiry);
        return this;
    }

    /** After how long an unanswered send is given up as {@link Outcome.Kind#UNKNOWN}; default 10 seconds. */
    public RouteBuilder timeout(Duration timeout) {
        this.timeout = Checks.positive("timeout", timeout);
        return this;
    }

    /**
     * Lets a client of the source choose, by the address in its envelope, whom a message is for: any session, client or
     * group of the target. Without this, what clients say of the address is discarded.
     */
    public RouteBuilder addressable() {
        this.addressable = true;
        return this;
    }

    /**
     * Lets a circle of routes that this one closes be, where somebody outside breaks it: the plan does not refuse it, and
     * the route, its taps and its dead letters write to where a message has been, until that has come through so many
     * sources. Over a raw channel nobody counts them: nothing ends the circle there. Default: not allowed, and 8 hops
     * for any message.
     */
    public RouteBuilder allowLoop(int hops) {
        this.loopHops = Checks.positive("hops", hops);
        return this;
    }

    /** Sends every message to all of these. */
    public Route to(Endpoint... targets) {
        return to(Router.all(), targets);
    }

    /**
     * Sends every message to those of these that the router chooses for it.
     *
     * @throws IllegalArgumentException if there is no target, or one twice, or one that is for the dead letters, too; or
     *     if {@link #retryUnknown} has no {@link #retry} to change
     */
    public Route to(Router router, Endpoint... targets) {
        List<Endpoint> declared = List.of(targets);
        if (declared.isEmpty()) {
            throw new IllegalArgumentException("targets: none (expected: at least one endpoint)");
        }
        for (Endpoint target : declared) {
            if (declared.indexOf(target) != declared.lastIndexOf(target)) {
                throw new IllegalArgumentException("targets: '" + target.name() + "' twice (expected: each once)");
            }
        }
        checkFailures(declared);
        return new Route(this, Checks.notNull("router", router), declared);
    }

    private void checkFailures(List<Endpoint> declared) {
        if (deadLetter != null && declared.contains(deadLetter)) {
            throw new IllegalArgumentException("deadLetter: '" + deadLetter.name()
                    + "' is a target of the route, too (expected: an endpoint that is not)");
        }
        if (retriesUnknown && attempts == 1) {
            throw new IllegalArgumentException("retryUnknown: nothing is retried (expected: retry(attempts, backoff)"
                    + " with more than one attempt)");
        }
    }

    FailurePolicy failures() {
        return attempts == 1 && deadLetter == null
                ? FailurePolicy.NONE
                : new FailurePolicy(attempts, backoff, retriesUnknown, deadLetter);
    }

    Overflow overflow() {
        return overflow != null ? overflow : source.canWait() ? Overflow.BLOCK : Overflow.DROP_OLDEST;
    }
}
