package io.araldo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The run of a route. Any thread offers; one thread at a time, whoever turned {@link #running} on, drains a batch,
 * takes each message through the steps and sends it to the targets. That thread is one of the shared executor or, for a
 * route that holds no user code, the transport's own, for one batch: a hand-over between threads costs more than the
 * whole rest.
 */
final class Lane implements Runnable {
    /** How many messages one run takes before others get the thread, and one flush covers. */
    private static final int BATCH = 256;

    final Unanswered unanswered = new Unanswered();

    private final Route route;
    private final Executor executor;
    private final Reports reports;
    private final Mailbox mailbox;
    private final boolean isPlain;

    /** In the order of the route's targets. */
    private final List<Leg> legs;

    /** On while somebody runs the lane, and at first: nothing moves until all endpoints are open. */
    private final AtomicBoolean running = new AtomicBoolean(true);

    /** Of whoever runs the lane. */
    private final Delivery[] batch = new Delivery[BATCH];

    private final LongAdder received = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder routed = new LongAdder();
    private final Drops dropped = new Drops();

    Lane(Route route, Executor executor, Reports reports, Function<Endpoint, SupervisedLink> links) {
        this.route = route;
        this.executor = executor;
        this.reports = reports;
        this.mailbox = new Mailbox(route);
        this.isPlain = route.isPlain();
        this.legs = route.targets().stream()
                .map(target -> new Leg(this, target, links.apply(target), reports))
                .toList();
    }

    String name() {
        return route.name();
    }

    Route route() {
        return route;
    }

    /** Lets the lane run; what has come in meanwhile goes first. */
    void release() {
        running.set(false);
        if (!mailbox.isEmpty()) {
            wake();
        }
    }

    /** Takes a message in; complete when its source may go on. */
    CompletableFuture<Void> offer(Delivery delivery) {
        received.increment();
        Mailbox.Offer offer = mailbox.offer(delivery);
        offer.dropped().forEach(victim -> drop(victim, offer.reason()));
        if (offer.reason() != DropReason.CLOSED && running.compareAndSet(false, true)) {
            if (isPlain) {
                run();
            } else {
                submit();
            }
        }
        return offer.ready();
    }

    private void wake() {
        if (running.compareAndSet(false, true)) {
            submit();
        }
    }

    /** The executor may be the user's: whatever it throws, an {@code Error} too, ends this lane and nothing else. */
    @SuppressWarnings("CatchThrowable")
    private void submit() {
        try {
            executor.execute(this);
        } catch (Throwable e) {
            reports.failed(
                    name(),
                    new AraldoException(
                            "the executor of the relay refused to run the route, which is closed now: "
                                    + Reports.oneLine(e) + " (expected: it takes tasks until the relay is closed)",
                            e));
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
        int count = mailbox.drain(batch);
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            process(batch[i], now);
        }
        Arrays.fill(batch, 0, count, null);
        if (count > 0) {
            legs.forEach(Leg::flush);
        }
        if (!mailbox.isEmpty()) {
            submit();
            return;
        }
        running.set(false);
        if (!mailbox.isEmpty()) {
            wake();
        }
    }

    /** User code: whatever it throws, an {@code Error} too, is the message's failure and must not end the lane. */
    @SuppressWarnings("CatchThrowable")
    private void process(Delivery delivery, long now) {
        Message message;
        List<Leg> chosen;
        try {
            message = prepared(delivery);
            chosen = message == null ? List.of() : chosen(message);
        } catch (Throwable e) {
            failed.increment();
            reports.failed(name(), e);
            finished(delivery, Outcome.failed(e));
            return;
        }
        if (message == null || chosen.isEmpty()) {
            filtered.increment();
            finished(delivery, Outcome.filtered());
        } else {
            routed.increment();
            send(message, chosen, delivery, now);
        }
    }

    private @Nullable Message prepared(Delivery delivery) {
        Message message = delivery.message();
        if (delivery.isFromClient && !route.isAddressable()) {
            message = message.withoutAddress();
        }
        for (Step step : route.steps()) {
            message = step.action().apply(message);
            if (message == null) {
                return null;
            }
        }
        return message;
    }

    private List<Leg> chosen(Message message) {
        if (route.router() == Router.all()) {
            return legs;
        }
        return route.router().route(message, route.targets()).stream()
                .map(this::legTo)
                .toList();
    }

    private Leg legTo(Endpoint target) {
        for (Leg leg : legs) {
            if (leg.target.equals(target)) {
                return leg;
            }
        }
        throw new AraldoException("router of '" + name() + "' chose '" + target.name()
                + "' (expected: of the targets that the route declares: "
                + route.targets().stream().map(Endpoint::name).toList() + ")");
    }

    private void send(Message message, List<Leg> chosen, Delivery delivery, long now) {
        Fan fan = chosen.size() == 1 ? null : new Fan(this, delivery, chosen.size());
        for (Leg leg : chosen) {
            Flight flight = new Flight(leg, delivery, fan, now);
            leg.send(message, flight);
            if (!flight.isAnswered() && !unanswered.add(flight)) {
                flight.acknowledge(Outcome.unknown());
            }
        }
    }

    /** Every leg of a message has answered, or there was none. */
    void finished(Delivery delivery, Outcome outcome) {
        mailbox.finish(delivery);
        delivery.settle(outcome);
    }

    private void drop(Delivery delivery, DropReason reason) {
        dropped.count(reason);
        reports.dropped(name(), reason);
        delivery.settle(Outcome.dropped(reason));
    }

    /** Gives up what has been unanswered for too long. */
    void sweep(long nowNanos) {
        unanswered
                .sentUntil(nowNanos - route.timeout().toNanos())
                .forEach(flight -> flight.acknowledge(Outcome.unknown()));
    }

    /** Takes in nothing more, and drops what waits. What is in flight may still be answered. */
    void close() {
        mailbox.close().forEach(delivery -> drop(delivery, DropReason.CLOSED));
    }

    /** Nobody will answer any more, nor what a batch that still runs may send. */
    void abandon() {
        unanswered.close().forEach(flight -> flight.acknowledge(Outcome.unknown()));
    }

    Ledger.RouteCount count() {
        Map<String, Ledger.LegCount> legCounts = new LinkedHashMap<>();
        legs.forEach(leg -> legCounts.put(leg.target.name(), leg.count(unanswered.count(leg))));
        return new Ledger.RouteCount(
                received.sum(),
                filtered.sum(),
                failed.sum(),
                dropped.counted(),
                routed.sum(),
                mailbox.waiting(),
                Map.copyOf(legCounts));
    }
}
