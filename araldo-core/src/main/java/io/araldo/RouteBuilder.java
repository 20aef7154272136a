package io.araldo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private @Nullable Overflow overflow;

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

    /** Replaces each message by another; must not return {@code null}. */
    public RouteBuilder map(UnaryOperator<Message> change) {
        steps.add(Step.map(Checks.notNull("map", change)));
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

    /** After how long an unanswered send is given up as {@link Outcome.Kind#UNKNOWN}; default 10 seconds. */
    public RouteBuilder timeout(Duration timeout) {
        this.timeout = Checks.positive("timeout", timeout);
        return this;
    }

    /**
     * Lets a client of the source choose, by the address in its envelope, the one session that a message is for.
     * Without this, what clients say of the address is discarded.
     */
    public RouteBuilder addressable() {
        this.addressable = true;
        return this;
    }

    /**
     * Lets a circle of routes that this one closes be, where somebody outside breaks it: the plan does not refuse it, and
     * the route writes to where a message has been, until that has come through so many sources. Over a raw channel
     * nobody counts them: nothing ends the circle there. Default: not allowed, and 8 hops for any message.
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
     * @throws IllegalArgumentException if there is no target, or one twice
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
        return new Route(this, Checks.notNull("router", router), declared);
    }

    Overflow overflow() {
        return overflow != null ? overflow : source.canWait() ? Overflow.BLOCK : Overflow.DROP_OLDEST;
    }
}
