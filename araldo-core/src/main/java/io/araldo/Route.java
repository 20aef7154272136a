package io.araldo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What moves messages: from one source, through steps, to the targets that its router chooses. An immutable value; it
 * does nothing until a relay runs it. A route is the unit of order, isolation and overflow: per session of the source
 * and per target the order is kept, its targets move in step with the slowest, and routes do not wait for each other.
 */
public final class Route {
    private final String name;
    private final Endpoint source;
    private final List<Step> steps;
    private final Router router;
    private final List<Endpoint> targets;
    private final int capacity;
    private final long capacityBytes;
    private final Overflow overflow;
    private final Duration timeout;
    private final @Nullable Duration expiry;
    private final boolean addressable;
    private final int loopHops;
    private final FailurePolicy failures;

    Route(RouteBuilder builder, Router router, List<Endpoint> targets) {
        this.source = builder.source;
        this.steps = List.copyOf(builder.steps);
        this.router = router;
        this.targets = targets;
        this.capacity = builder.capacity;
        this.capacityBytes = builder.capacityBytes;
        this.overflow = builder.overflow();
        this.timeout = builder.timeout;
        this.expiry = builder.expiry;
        this.addressable = builder.addressable;
        this.loopHops = builder.loopHops;
        this.failures = builder.failures();
        this.name = builder.name != null ? builder.name : source.name() + "->" + names(targets);
    }

    /** Begins a route that takes what this endpoint receives. */
    public static RouteBuilder from(Endpoint source) {
        return new RouteBuilder(source);
    }

    private static String names(List<Endpoint> targets) {
        return targets.stream().map(Endpoint::name).collect(Collectors.joining(","));
    }

    /** Unique in a relay; {@code source->target,target} unless it was named. */
    public String name() {
        return name;
    }

    /** Where it takes messages from. */
    public Endpoint source() {
        return source;
    }

    /** Where it may send them, in the order in which they were declared. */
    public List<Endpoint> targets() {
        return targets;
    }

    /** What it does when it is full. */
    public Overflow overflow() {
        return overflow;
    }

    /** How many messages it holds unfinished: waiting, or sent and unanswered. */
    public int capacity() {
        return capacity;
    }

    /** How many bytes of payload it holds unfinished. */
    public long capacityBytes() {
        return capacityBytes;
    }

    /** After how long an unanswered send is given up as unknown. */
    public Duration timeout() {
        return timeout;
    }

    /** How long a message may wait before it is sent; empty if for ever. */
    public Optional<Duration> expireAfter() {
        return Optional.ofNullable(expiry);
    }

    List<Step> steps() {
        return steps;
    }

    /** The endpoints that get copies, each once, in the order of the steps. */
    List<Endpoint> taps() {
        return steps.stream().map(Step::tap).filter(Objects::nonNull).distinct().toList();
    }

    FailurePolicy failures() {
        return failures;
    }

    /** All endpoints that it sends to: targets, taps, dead letters. */
    List<Endpoint> writesTo() {
        List<Endpoint> all = new ArrayList<>(targets);
        all.addAll(taps());
        if (failures.deadLetter() != null) {
            all.add(failures.deadLetter());
        }
        return all;
    }

    /** Whether it reads from an endpoint, or writes to it. */
    boolean names(Endpoint endpoint) {
        return source.equals(endpoint) || writesTo().contains(endpoint);
    }

    Router router() {
        return router;
    }

    boolean isAddressable() {
        return addressable;
    }

    boolean allowsLoop() {
        return loopHops > 0;
    }

    /** How many hops allowed loops may take. */
    int loopHops() {
        return loopHops;
    }

    /** Whether it may run on a transport's thread: nothing of the user's is called on its way. */
    boolean isPlain() {
        return steps.isEmpty()
                && router == Router.all()
                && isPlain(source)
                && targets.stream().allMatch(Route::isPlain);
    }

    private static boolean isPlain(Endpoint endpoint) {
        return !(endpoint instanceof LocalEndpoint) && isOwn(endpoint.marshaller());
    }

    /** Whether a marshaller is one of ours: then it may run on a transport's thread. */
    static boolean isOwn(Marshaller marshaller) {
        return marshaller == Marshaller.raw() || marshaller instanceof JsonMarshaller;
    }

    /** What stands on the arrow of a drawing: the steps but for taps, which are arrows, the router and retries, if any. */
    Optional<String> label() {
        List<String> words = new ArrayList<>();
        steps.stream().filter(step -> step.tap() == null).map(Step::kind).forEach(words::add);
        if (router != Router.all()) {
            words.add("routed");
        }
        if (failures.retries()) {
            words.add("retry");
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
    }

    /** For people: the name, and what happens when it is full. */
    @Override
    public String toString() {
        return "Route[" + name + ", " + label().map(label -> label + ", ").orElse("") + "queue of " + capacity + " or "
                + capacityBytes + " bytes, " + overflow + "]";
    }
}
