package io.araldo;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a route sends beside its way, to one endpoint: a lane of its own, so that the route waits neither for the endpoint
 * nor for its handler. Bounded, and
 * kept from loops, as the route is.
 */
final class SideLane {
    private final Lane lane;

    /** Drops the oldest when it is full: for copies, of which nobody waits for any. */
    static SideLane tap(Route of, Endpoint endpoint, LaneContext context) {
        return new SideLane(of, endpoint, Overflow.DROP_OLDEST, context);
    }

    /** Takes all it is offered: what is offered is unfinished in the route, which bounds it. */
    static SideLane deadLetters(Route of, Endpoint endpoint, LaneContext context) {
        return new SideLane(of, endpoint, Overflow.BLOCK, context);
    }

    private SideLane(Route of, Endpoint endpoint, Overflow overflow, LaneContext context) {
        RouteBuilder route = Route.from(endpoint)
                .name(of.name())
                .queue(of.capacity(), overflow)
                .queueBytes(of.capacityBytes())
                .timeout(of.timeout())
                .addressable();
        if (of.allowsLoop()) {
            route.allowLoop(of.loopHops());
        }
        this.lane = new Lane(route.to(endpoint), context);
    }

    Lane lane() {
        return lane;
    }

    /** Never waits, and tells the acknowledgement when the endpoint has answered. */
    void offer(Message message, Acknowledgement acknowledgement) {
        lane.offer(new Delivery(message, acknowledgement));
    }

    /** The whole lane seen as one leg: what waits in it is in flight. */
    Ledger.LegCount count() {
        Ledger.RouteCount route = lane.count();
        Ledger.LegCount leg = route.legs().values().iterator().next();
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        dropped.putAll(route.dropped());
        leg.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
        return new Ledger.LegCount(
                route.received(),
                leg.delivered(),
                route.failed() + leg.failed(),
                leg.unknown(),
                dropped,
                route.waiting() + leg.inFlight());
    }
}
