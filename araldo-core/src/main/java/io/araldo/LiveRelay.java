package io.araldo;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** A relay that runs: builds links, sources and lanes from a plan, opens them together, and closes them in order. */
final class LiveRelay implements Relay {
    private static final GuardedLog LOG = new GuardedLog();
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofMillis(100);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How long the end of a removed route may take beyond the time limit of what it has sent. */
    private static final Duration REMOVE_GRACE = Duration.ofSeconds(5);

    private final RelayBuilder options;
    private final RelayThreads threads;
    private final GuardedConsumer events;
    private final Reports reports;
    private final SharedResources resources = new SharedResources();
    private final LaneContext laneContext;
    private final Wiring wiring;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CountDownLatch terminated = new CountDownLatch(1);

    /** Held while routes are added or removed, and by the end: endpoints are opened and closed under it. */
    private final ReentrantLock changes = new ReentrantLock();

    /** Complete at the end; what sources that were stopped wait for. */
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** What runs; replaced under {@link #changes}. */
    private volatile RelayPlan plan;

    private LiveRelay(RelayPlan plan) {
        this.options = plan.options();
        this.plan = plan;
        this.threads = new RelayThreads(plan.name(), options.executor);
        this.events = new GuardedConsumer(plan.name(), options.events);
        this.reports = new Reports(plan.name(), events);
        this.wiring = new Wiring(this::supervise, reports);
        LaneTimer timer = options.timer != null ? options.timer : threads;
        this.laneContext = new LaneContext(threads.lanes, timer, options.clock, reports, wiring::link);
        plan.routes().forEach(route -> wiring.connect(new Lane(route, laneContext)));
        plan.endpoints().forEach(endpoint -> serve(endpoint, plan));
    }

    private SupervisedLink supervise(Endpoint endpoint) {
        RelayContext context = new RelayContext(
                options.name, endpoint.name(), false, false, options.clock, threads, resources, events);
        return new SupervisedLink(endpoint, options.optional.contains(endpoint), context, options);
    }

    /** Says to a link what the routes of a plan need of it; complete when it serves them. */
    private CompletableFuture<Void> serve(Endpoint endpoint, RelayPlan plan) {
        boolean isSource =
                plan.routes().stream().anyMatch(route -> route.source().equals(endpoint));
        boolean isTarget =
                plan.routes().stream().anyMatch(route -> route.writesTo().contains(endpoint));
        return wiring.link(endpoint).serve(isSource, isTarget);
    }

    static Relay start(RelayPlan plan) {
        LiveRelay relay = new LiveRelay(plan);
        LOG.debug("{} starts", relay);
        try {
            relay.open();
        } catch (RuntimeException | Error e) {
            relay.close();
            throw e;
        }
        return relay;
    }

    private void open() {
        await(wiring.links().stream().map(SupervisedLink::open).toList());
        threads.every(SWEEP, this::sweep);
        threads.every(TICK, reports::tick);
        events.accept(new RelayEvent.RelayStarted(name()));
        wiring.lanes().forEach(Lane::release);
    }

    /** @throws EndpointException if one of them fails; one line for each. Or if the relay closes, which may not know them */
    private void await(List<CompletableFuture<Void>> opening) {
        if (closing.get()) {
            throw new EndpointException("the relay was closed");
        }
        List<Throwable> failures = new ArrayList<>();
        opening.forEach(opened -> await(opened, failures));
        if (!failures.isEmpty()) {
            throw new EndpointException(
                    String.join("\n", failures.stream().map(Reports::oneLine).toList()), failures.get(0));
        }
    }

    /** Each attempt has a deadline of its own; a link that has to be reopened makes several. */
    private void await(CompletableFuture<Void> opened, List<Throwable> failures) {
        try {
            opened.get(2 * options.startup.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            failures.add(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            failures.add(new EndpointException("an endpoint could not be reopened in time; see startup(…)", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AraldoException("interrupted while endpoints were opening", e);
        }
    }

    private void sweep() {
        long now = laneContext.timer().nanos();
        wiring.lanes().forEach(lane -> lane.sweep(now));
    }

    @Override
    public void add(Route route) {
        Checks.notNull("route", route);
        changes.lock();
        try {
            if (closing.get() || draining.get()) {
                throw new AraldoException(
                        "relay '" + name() + "' is closed, or about to be (expected: add routes while it runs)");
            }
            RelayPlan next = plan.with(route);
            try {
                connect(route, next);
            } catch (RuntimeException | Error e) {
                close(wiring.forgetUnused());
                RelayPlan before = plan;
                before.endpoints().forEach(endpoint -> serve(endpoint, before));
                throw e;
            }
            plan = next;
            events.accept(new RelayEvent.RouteAdded(route.name()));
        } finally {
            changes.unlock();
        }
    }

    /** A source that is new is opened last, so that all it receives finds the route. */
    private void connect(Route route, RelayPlan next) {
        boolean isNewSource = !wiring.has(route.source());
        List<CompletableFuture<Void>> opening = new ArrayList<>();
        for (Endpoint endpoint : new LinkedHashSet<>(route.writesTo())) {
            boolean isNew = !wiring.has(endpoint);
            CompletableFuture<Void> served = serve(endpoint, next);
            opening.add(
                    isNew && !endpoint.equals(route.source())
                            ? wiring.link(endpoint).open()
                            : served);
        }
        CompletableFuture<Void> source = serve(route.source(), next);
        if (!isNewSource) {
            opening.add(source);
        }
        await(opening);
        Lane lane = new Lane(route, laneContext);
        wiring.connect(lane);
        if (isNewSource) {
            try {
                await(List.of(wiring.link(route.source()).open()));
            } catch (RuntimeException | Error e) {
                lane.close();
                close(wiring.forget(lane));
                throw e;
            }
        }
        lane.release();
    }

    @Override
    public Ledger.RouteCount remove(String route) {
        Lane lane = wiring.lane(route);
        if (!lane.leave()) {
            throw new IllegalArgumentException("route: '" + route + "' is being removed (expected: one that runs)");
        }
        wiring.disconnect(lane);
        lane.resume();
        if (RelayThread.isCurrent()) {
            RelayThread.single(name(), "remover").newThread(() -> finish(lane)).start();
        } else {
            finish(lane);
        }
        return lane.count();
    }

    /** Twice, since a source that is just offering something may not know yet that it reads into the lane no more. */
    private void finish(Lane lane) {
        long deadline =
                System.nanoTime() + lane.route().timeout().plus(REMOVE_GRACE).toNanos();
        awaitUntil(lane.dry(), deadline);
        lane.close();
        awaitUntil(lane.dry(), deadline);
        changes.lock();
        try {
            if (terminated.getCount() == 0) {
                return;
            }
            lane.abandon();
            close(wiring.forget(lane));
            RelayPlan rest = plan.without(lane.route());
            rest.endpoints().forEach(endpoint -> serve(endpoint, rest));
            plan = rest;
            events.accept(new RelayEvent.RouteRemoved(lane.name()));
        } finally {
            changes.unlock();
        }
    }

    /** Whether it is complete in time. An interrupt ends the wait and is kept. */
    private static boolean awaitUntil(CompletableFuture<Void> awaited, long deadline) {
        try {
            awaited.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void pause(String route) {
        wiring.lane(route).pause();
    }

    @Override
    public void resume(String route) {
        wiring.lane(route).resume();
    }

    @Override
    public DrainReport drain(Duration limit) {
        Checks.positive("limit", limit);
        if (RelayThread.isCurrent()) {
            throw new AraldoException("drain was called on a thread of a relay, which it would have to wait for"
                    + " (expected: another thread; or close())");
        }
        long began = System.nanoTime();
        draining.set(true);
        // Of routes that are closed already: the relay was, or their executor has refused them.
        Map<Lane, Long> leftBefore = wiring.lanes().stream().collect(Collectors.toMap(lane -> lane, Lane::left));
        wiring.stopProducers(ended);
        awaitDry(began + limit.toNanos());
        wiring.stop(ended);
        awaitDry(began + limit.toNanos());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        close();
        Map<String, Long> left = new LinkedHashMap<>();
        wiring.lanes().stream()
                .filter(lane -> lane.left() > leftBefore.getOrDefault(lane, 0L))
                .forEach(lane -> left.put(lane.name(), lane.left() - leftBefore.getOrDefault(lane, 0L)));
        return new DrainReport(took, left);
    }

    /** What one lane does may come in at another, by a handler: so it is over when all are dry at the same time. */
    private void awaitDry(long deadline) {
        boolean isInTime = true;
        while (isInTime && !wiring.isDry()) {
            for (Lane lane : wiring.lanes()) {
                isInTime = isInTime && awaitUntil(lane.dry(), deadline) && System.nanoTime() - deadline < 0;
            }
        }
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public RelayPlan plan() {
        return plan;
    }

    @Override
    public URI address(Endpoint endpoint) {
        if (!wiring.has(endpoint)) {
            throw new IllegalArgumentException(
                    "endpoint: '" + endpoint.name() + "' (expected: one that a route of relay '"
                            + name() + "' names: "
                            + wiring.links().stream().map(SupervisedLink::name).toList() + ")");
        }
        return wiring.link(endpoint).address();
    }

    @Override
    public Map<String, Health> health() {
        Map<String, Health> health = new LinkedHashMap<>();
        wiring.links().forEach(link -> health.put(link.name(), link.health()));
        return health;
    }

    @Override
    public Ledger ledger() {
        return wiring.ledger();
    }

    @Override
    public void awaitTermination() throws InterruptedException {
        terminated.await();
    }

    @Override
    public boolean awaitTermination(Duration timeout) throws InterruptedException {
        return terminated.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitEnd();
        } else if (RelayThread.isCurrent()) {
            RelayThread.single(name(), "closer").newThread(this::end).start();
        } else {
            end();
        }
    }

    private void awaitEnd() {
        if (RelayThread.isCurrent()) {
            return;
        }
        try {
            terminated.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** First what takes in, then what moves, then what it moves on. */
    private void end() {
        if (!changes.tryLock()) {
            // Whoever adds a route waits for a link, and would let us wait as long.
            wiring.links().forEach(SupervisedLink::close);
            changes.lock();
        }
        try {
            wiring.lanes().forEach(Lane::close);
            ended.complete(null);
            close(wiring.links());
            wiring.lanes().forEach(Lane::abandon);
            threads.close();
            reports.tick();
            events.accept(new RelayEvent.RelayClosed(name()));
            events.close();
        } finally {
            terminated.countDown();
            changes.unlock();
        }
    }

    /** A caller that comes with an interrupt waits all the same: it must find nothing left. One that comes later counts. */
    private void close(List<SupervisedLink> links) {
        Map<String, CompletableFuture<Void>> closing = new LinkedHashMap<>();
        links.forEach(link -> closing.put(link.name(), link.close()));
        boolean isInterrupted = Thread.interrupted();
        try {
            CompletableFuture.allOf(closing.values().toArray(CompletableFuture<?>[]::new))
                    .get(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            closing.values().removeIf(CompletableFuture::isDone);
            LOG.warn("relay '{}': did not close within {} s: {}", name(), CLOSE_LIMIT.toSeconds(), closing.keySet());
        } catch (InterruptedException e) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Relay[" + name() + "]";
    }
}
