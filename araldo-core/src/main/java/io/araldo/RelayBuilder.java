package io.araldo;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The options of a relay. For one thread; ends with {@link #plan()} or {@link #start()}. */
public final class RelayBuilder {
    final List<Route> routes = new ArrayList<>();
    final Set<Endpoint> optional = new LinkedHashSet<>();
    String name = "relay-" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36 * 36), 36);
    Consumer<RelayEvent> events = event -> {};
    Backoff backoff = Backoff.standard();
    Duration startup = Duration.ofSeconds(10);
    InstantSource clock = InstantSource.system();

    @Nullable
    Executor executor;

    /** What lanes wait with, if not the relay's own timer. */
    @Nullable
    LaneTimer timer;

    RelayBuilder() {}

    RelayBuilder(RelayBuilder other) {
        routes.addAll(other.routes);
        optional.addAll(other.optional);
        name = other.name;
        events = other.events;
        backoff = other.backoff;
        startup = other.startup;
        clock = other.clock;
        executor = other.executor;
        timer = other.timer;
    }

    /**
     * Names the relay: in the names of its threads, in the log, and in the origin of its messages, so it should be unique
     * among relays that share a broker. Default: {@code relay-} and something random.
     */
    public RelayBuilder name(String name) {
        this.name = Checks.name("relay name", name);
        return this;
    }

    /** Adds routes. */
    public RelayBuilder route(Route... routes) {
        this.routes.addAll(List.of(routes));
        return this;
    }

    /**
     * Lets these endpoints be down at the start: the relay begins without them, and opens them as soon as it can. What
     * is sent to them meanwhile is dropped ({@link DropReason#NOT_WRITABLE}) and counted.
     */
    public RelayBuilder optional(Endpoint... endpoints) {
        optional.addAll(List.of(endpoints));
        return this;
    }

    /** Who is told what happens, instead of nobody; see {@link RelayEvent}. What it throws is logged. */
    public RelayBuilder events(Consumer<RelayEvent> events) {
        this.events = Checks.notNull("events", events);
        return this;
    }

    /**
     * Where the lanes run, instead of a pool of the relay's own with as many threads as there are processors (at least
     * two). It stays the caller's to shut down, after the relay.
     *
     * <p>It must run tasks on threads of its own, not on the one that calls it, and take them until the relay is closed:
     * a route whose task it rejects is closed, with a line in the log. {@link Relay#close} neither waits for nor
     * interrupts handlers that still run there.
     */
    public RelayBuilder executor(Executor executor) {
        this.executor = Checks.notNull("executor", executor);
        return this;
    }

    /** How long to wait between attempts to reopen a lost link; default {@link Backoff#standard()}. */
    public RelayBuilder backoff(Backoff backoff) {
        this.backoff = Checks.notNull("backoff", backoff);
        return this;
    }

    /** How long one attempt to open an endpoint may take, at the start and later; default 10 seconds. */
    public RelayBuilder startup(Duration limit) {
        this.startup = Checks.positive("startup", limit);
        return this;
    }

    /** For tests that step the time by hand. */
    RelayBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** As {@link #clock(InstantSource)}, for what waits in lanes. */
    RelayBuilder timer(LaneTimer timer) {
        this.timer = timer;
        return this;
    }

    /**
     * Checks the routes and keeps them for later.
     *
     * @throws PlanException if they do not make a relay; it names every mistake
     */
    public RelayPlan plan() {
        return new RelayPlan(new RelayBuilder(this));
    }

    /**
     * Starts the relay: all or nothing. Blocks until every endpoint that is not optional is open.
     *
     * @throws PlanException if the routes do not make a relay; nothing was opened
     * @throws EndpointException if an endpoint could not be opened; one line for each, and all others are closed again
     */
    public Relay start() {
        return plan().start();
    }
}
