package io.araldo;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay that runs: builds links, sources and lanes from a plan, opens them together, and closes them in order. */
final class LiveRelay implements Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final long SWEEP_MILLIS = 100;

    private final RelayPlan plan;
    private final RelayThreads threads;
    private final GuardedConsumer events;
    private final Reports reports;
    private final SharedResources resources = new SharedResources();
    private final List<Lane> lanes;
    private final Map<Endpoint, Source> sources = new LinkedHashMap<>();
    private final Map<Endpoint, SupervisedLink> links = new LinkedHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch terminated = new CountDownLatch(1);

    private LiveRelay(RelayPlan plan) {
        RelayBuilder options = plan.options();
        this.plan = plan;
        this.threads = new RelayThreads(plan.name(), options.executor);
        this.events = new GuardedConsumer(plan.name(), options.events);
        this.reports = new Reports(plan.name(), events);
        LaneTimer timer = options.timer != null ? options.timer : threads;
        LaneContext context = new LaneContext(threads.lanes, timer, options.clock, reports, this::link);
        this.lanes =
                plan.routes().stream().map(route -> new Lane(route, context)).toList();
        plan.endpoints().forEach(this::read);
    }

    /** The one link of an endpoint; made when first asked for. */
    private SupervisedLink link(Endpoint endpoint) {
        return links.computeIfAbsent(endpoint, this::supervise);
    }

    private SupervisedLink supervise(Endpoint endpoint) {
        boolean isSource =
                plan.routes().stream().anyMatch(route -> route.source().equals(endpoint));
        boolean isTarget =
                plan.routes().stream().anyMatch(route -> route.writesTo().contains(endpoint));
        RelayBuilder options = plan.options();
        RelayContext context = new RelayContext(
                plan.name(), endpoint.name(), isSource, isTarget, options.clock, threads, resources, events);
        return new SupervisedLink(endpoint, options.optional.contains(endpoint), context, options);
    }

    /** Lets the lanes that begin at an endpoint read from its link. */
    private void read(Endpoint endpoint) {
        List<Lane> reading = lanes.stream()
                .filter(lane -> lane.route().source().equals(endpoint))
                .toList();
        if (!reading.isEmpty()) {
            Source source = new Source(endpoint, reading, reports);
            sources.put(endpoint, source);
            link(endpoint).readInto(source);
        }
    }

    static Relay start(RelayPlan plan) {
        LiveRelay relay = new LiveRelay(plan);
        try {
            relay.open();
        } catch (RuntimeException | Error e) {
            relay.close();
            throw e;
        }
        return relay;
    }

    private void open() {
        List<CompletableFuture<Void>> opening =
                links.values().stream().map(SupervisedLink::open).toList();
        List<Throwable> failures = new ArrayList<>();
        opening.forEach(opened -> await(opened, failures));
        if (!failures.isEmpty()) {
            throw new EndpointException(
                    String.join("\n", failures.stream().map(Reports::oneLine).toList()), failures.get(0));
        }
        threads.timer.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        threads.timer.scheduleWithFixedDelay(reports::tick, 1, 1, TimeUnit.SECONDS);
        events.accept(new RelayEvent.RelayStarted(name()));
        lanes.forEach(Lane::release);
    }

    /** Each attempt has a deadline of its own, so this ends. */
    private static void await(CompletableFuture<Void> opened, List<Throwable> failures) {
        try {
            opened.get();
        } catch (ExecutionException e) {
            failures.add(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AraldoException("the start was interrupted", e);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        lanes.forEach(lane -> lane.sweep(now));
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
        SupervisedLink link = links.get(endpoint);
        if (link == null) {
            throw new IllegalArgumentException(
                    "endpoint: '" + endpoint.name() + "' (expected: one that a route of relay '"
                            + name() + "' names: "
                            + links.values().stream().map(SupervisedLink::name).toList() + ")");
        }
        return link.address();
    }

    @Override
    public Map<String, Health> health() {
        Map<String, Health> health = new LinkedHashMap<>();
        links.values().forEach(link -> health.put(link.name(), link.health()));
        return health;
    }

    @Override
    public Ledger ledger() {
        Map<String, Ledger.EndpointCount> received = new LinkedHashMap<>();
        sources.forEach((endpoint, source) -> received.put(endpoint.name(), source.count()));
        Map<String, Ledger.RouteCount> routed = new LinkedHashMap<>();
        lanes.forEach(lane -> routed.put(lane.name(), lane.count()));
        return new Ledger(received, routed);
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
        try {
            lanes.forEach(Lane::close);
            closeLinks();
            lanes.forEach(Lane::abandon);
            threads.close();
            reports.tick();
            events.accept(new RelayEvent.RelayClosed(name()));
            events.close();
        } finally {
            terminated.countDown();
        }
    }

    /** A caller that comes with an interrupt waits all the same: it must find nothing left. One that comes later counts. */
    private void closeLinks() {
        Map<String, CompletableFuture<Void>> closing = new LinkedHashMap<>();
        links.values().forEach(link -> closing.put(link.name(), link.close()));
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
