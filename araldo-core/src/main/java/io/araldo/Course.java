package io.araldo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way that messages take in a lane: through the steps, by the router, to the targets, and beside it to taps and dead
 * letters. Called by whoever runs the lane, for one message at a time.
 */
final class Course {
    private final Lane lane;
    private final Route route;
    private final RouteTally tally;
    private final Reports reports;
    private final FailurePolicy failures;
    private final Step.Action[] steps;

    /** In the order of the route's targets. */
    private final List<Leg> legs;

    private final Map<Endpoint, SideLane> taps = new LinkedHashMap<>();
    private final @Nullable DeadLetters deadLetters;
    private final List<Lane> sideLanes = new ArrayList<>();

    /** How long a message may wait before it is sent; 0 if for ever. */
    private final long expiryNanos;

    /** When what is on its way was taken in, where messages expire; of whoever runs the lane. */
    private long takenNanos;

    Course(Lane lane, RouteTally tally, LaneContext context) {
        this.lane = lane;
        this.route = lane.route();
        this.tally = tally;
        this.reports = context.reports();
        this.failures = route.failures();
        this.expiryNanos = route.expireAfter().map(Duration::toNanos).orElse(0L);
        Endpoint deadLetter = failures.deadLetter();
        this.deadLetters = deadLetter == null ? null : new DeadLetters(route, deadLetter, context);
        route.taps().forEach(endpoint -> taps.put(endpoint, SideLane.tap(route, endpoint, context)));
        taps.values().forEach(side -> sideLanes.add(side.lane()));
        if (deadLetters != null) {
            sideLanes.add(deadLetters.lane());
        }
        this.steps = route.steps().stream()
                .map(step -> step.opener().open(context, taps))
                .toArray(Step.Action[]::new);
        this.legs = route.targets().stream()
                .map(target -> new Leg(lane, target, context.links().apply(target), reports))
                .toList();
    }

    /** Whether a message may have to wait on its way, or may become many. */
    boolean isStepwise() {
        return failures.retries() || !Arrays.stream(steps).allMatch(Step.Each.class::isInstance);
    }

    /** The lanes beside this one, which share its life. */
    List<Lane> sideLanes() {
        return sideLanes;
    }

    void flush() {
        legs.forEach(Leg::flush);
    }

    /** Gives up what waits for another attempt. */
    void close() {
        legs.forEach(Leg::close);
    }

    Ledger.RouteCount count(long received, long waiting) {
        Map<String, Ledger.LegCount> legCounts = new LinkedHashMap<>();
        legs.forEach(leg -> legCounts.put(leg.target.name(), leg.count()));
        if (deadLetters != null) {
            legCounts.put(deadLetters.name(), deadLetters.count());
        }
        Map<String, Ledger.LegCount> tapCounts = new LinkedHashMap<>();
        taps.forEach((endpoint, side) -> tapCounts.put(endpoint.name(), side.count()));
        return tally.count(received, waiting, Map.copyOf(legCounts), Map.copyOf(tapCounts));
    }

    /** Goes on with what waited, or came out of a split. */
    void resume(Part part, long now) {
        takenNanos = part.takenNanos();
        if (part.attempt() == 1 && isExpired()) {
            expire(part.whole());
        } else if (part.chosen() == null) {
            advance(part.message(), part.step(), part.attempt(), part.whole(), now);
        } else {
            route(part.message(), part.chosen(), part.whole(), now);
        }
    }

    private boolean isExpired() {
        return expiryNanos > 0 && lane.nanos() - takenNanos > expiryNanos;
    }

    private void expire(Whole whole) {
        tally.dropped.count(DropReason.EXPIRED);
        reports.dropped(route.name(), DropReason.EXPIRED);
        whole.ended(lane, Outcome.dropped(DropReason.EXPIRED));
    }

    /** A marshaller is user code, too. What it refuses was counted and cannot be tried again. */
    @SuppressWarnings("CatchThrowable")
    void process(Delivery delivery, long taken, long now) {
        takenNanos = taken;
        if (isExpired()) {
            expire(delivery);
            return;
        }
        Message message;
        try {
            message = delivery.message();
        } catch (Throwable e) {
            tally.failed.increment();
            reports.failed(route.name(), e);
            delivery.ended(lane, Outcome.failed(e));
            return;
        }
        boolean isUntrusted = delivery.isFromClient() && !route.isAddressable();
        advance(isUntrusted ? message.withoutAddress() : message, 0, 1, delivery, now);
    }

    /**
     * Takes a message through the steps from one on, and to its targets. User code: whatever it throws, an {@code Error}
     * too, is the message's failure and must not end the lane.
     */
    @SuppressWarnings("CatchThrowable")
    private void advance(Message start, int first, int attempt, Whole whole, long now) {
        Message message = start;
        int step = first;
        List<Leg> chosen;
        try {
            for (; step < steps.length; step++) {
                Message next = apply(message, step, whole);
                if (next == null) {
                    return;
                }
                message = next;
            }
            chosen = chosen(message);
        } catch (Throwable e) {
            failed(new Part(message, step, step == first ? attempt : 1, whole, takenNanos, null), e);
            return;
        }
        route(message, chosen, whole, now);
    }

    /** The message to go on with, or {@code null} if it goes no further now. */
    private @Nullable Message apply(Message message, int step, Whole whole) {
        Step.Action action = steps[step];
        if (action instanceof Step.Each each) {
            Message next = each.apply(message);
            if (next == null) {
                filter(whole);
            }
            return next;
        }
        if (action instanceof Step.Split split) {
            split(split.apply(message), step + 1, whole);
            return null;
        }
        long nanos = ((Step.Gate) action).nanosToWait();
        if (nanos > 0) {
            lane.hold(new Part(message, step, 1, whole, takenNanos, null), nanos);
            return null;
        }
        return message;
    }

    private void split(List<Message> messages, int next, Whole whole) {
        tally.split.increment();
        tally.produced.add(messages.size());
        if (messages.isEmpty()) {
            whole.ended(lane, Outcome.filtered());
            return;
        }
        Fan fan = new Fan(whole, messages.size());
        lane.putBack(messages.stream()
                .map(message -> new Part(message, next, 1, fan, takenNanos, null))
                .toList());
    }

    private void filter(Whole whole) {
        tally.filtered.increment();
        whole.ended(lane, Outcome.filtered());
    }

    private List<Leg> chosen(Message message) {
        if (route.router() == Router.all()) {
            return legs;
        }
        List<Endpoint> targets = route.router().route(message, route.targets());
        if (targets == null) {
            throw notDeclared("null instead of a list");
        }
        List<Leg> chosen = new ArrayList<>();
        for (Endpoint target : targets) {
            Leg leg = legTo(target);
            if (!chosen.contains(leg)) {
                chosen.add(leg);
            }
        }
        return chosen;
    }

    private Leg legTo(@Nullable Endpoint target) {
        for (Leg leg : legs) {
            if (leg.target.equals(target)) {
                return leg;
            }
        }
        throw notDeclared(target == null ? "null" : "'" + target.name() + "'");
    }

    private AraldoException notDeclared(String chosen) {
        return new AraldoException("router of '" + route.name() + "' chose " + chosen
                + " (expected: of the targets that the route declares: "
                + route.targets().stream().map(Endpoint::name).toList() + ")");
    }

    private void route(Message message, List<Leg> chosen, Whole whole, long now) {
        if (chosen.isEmpty()) {
            filter(whole);
            return;
        }
        if (failures.retries() && chosen.stream().anyMatch(Leg::isBusy)) {
            lane.hold(
                    new Part(message, steps.length, 1, whole, takenNanos, chosen),
                    () -> chosen.stream().noneMatch(Leg::isBusy));
            return;
        }
        tally.routed.increment();
        Whole fan = chosen.size() == 1 ? whole : new Fan(whole, chosen.size());
        for (Leg leg : chosen) {
            leg.send(message, fan, now);
        }
    }

    /** A step or the router has thrown: tries it again later, if the route does so. */
    private void failed(Part part, Throwable error) {
        if (part.attempt() < failures.attempts()) {
            Part again = new Part(part.message(), part.step(), part.attempt() + 1, part.whole(), takenNanos, null);
            lane.hold(again, failures.delayNanos(part.attempt()));
            return;
        }
        tally.failed.increment();
        reports.failed(route.name(), error);
        giveUp(part.message(), part.attempt(), error, part.whole());
    }

    /** What has failed for good, and is counted: to the dead letters, if there is somebody for them. Any thread. */
    void giveUp(Message message, int attempts, Throwable cause, Whole whole) {
        if (deadLetters == null || lane.isClosed()) {
            whole.ended(lane, Outcome.failed(cause));
        } else {
            deadLetters.take(message, attempts, cause, outcome -> whole.ended(lane, outcome));
        }
    }
}
