package io.araldo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of every message of a relay: an immutable snapshot. When nothing moves its equations are exact:
 *
 * <ul>
 *   <li>route: received = filtered + dropped + failed + routed + waiting
 *   <li>leg (route and target): offered = delivered + dropped + failed + unknown + in flight
 * </ul>
 *
 * @param endpoints what sources took in, by endpoint
 * @param routes what routes did with it, by route
 */
public record Ledger(Map<String, EndpointCount> endpoints, Map<String, RouteCount> routes) {
    /** Copies the maps. */
    public Ledger {
        endpoints = Map.copyOf(endpoints);
        routes = Map.copyOf(routes);
    }

    /**
     * A source.
     *
     * @param received how many messages its links handed over
     * @param undecodable how many of them its marshaller refused
     */
    public record EndpointCount(long received, long undecodable) {}

    /**
     * A route.
     *
     * @param received how many messages its source gave it
     * @param filtered how many a step or the router kept back
     * @param failed how many ended in an error before they were offered to a target
     * @param dropped how many were given up, by reason
     * @param routed how many were offered to one target or more
     * @param waiting how many wait
     * @param legs what became of those that were routed, by target
     */
    public record RouteCount(
            long received,
            long filtered,
            long failed,
            Map<DropReason, Long> dropped,
            long routed,
            long waiting,
            Map<String, LegCount> legs) {}

    /**
     * A route and one of its targets.
     *
     * @param offered how many messages were sent
     * @param delivered how many the target took
     * @param failed how many it answered with an error
     * @param unknown for how many there was no answer in time
     * @param dropped how many were given up, by reason
     * @param inFlight how many are unanswered
     */
    public record LegCount(
            long offered, long delivered, long failed, long unknown, Map<DropReason, Long> dropped, long inFlight) {}

    /** The count of a route. */
    public RouteCount route(String name) {
        RouteCount count = routes.get(name);
        if (count == null) {
            throw new IllegalArgumentException("route: '" + name + "' (expected: one of " + routes.keySet() + ")");
        }
        return count;
    }

    /** The count of a route and one of its targets. */
    public LegCount leg(String route, String target) {
        Map<String, LegCount> legs = route(route).legs();
        LegCount count = legs.get(target);
        if (count == null) {
            throw new IllegalArgumentException("target: '" + target + "' (expected: one of " + legs.keySet() + ")");
        }
        return count;
    }

    /**
     * Checks the equations.
     *
     * @throws AssertionError if one does not hold, or a term is negative; it names all that are wrong
     */
    public void assertConserved() {
        List<String> wrong = new ArrayList<>();
        routes.forEach((name, route) -> {
            long out = route.filtered + route.failed + sum(route.dropped) + route.routed + route.waiting;
            if (route.received != out || route.waiting < 0) {
                wrong.add("route '" + name + "': received " + route.received + ", accounted for " + out + ": " + route);
            }
            route.legs.forEach((target, leg) -> {
                long answered = leg.delivered + leg.failed + leg.unknown + sum(leg.dropped) + leg.inFlight;
                if (leg.offered != answered || leg.inFlight < 0) {
                    wrong.add("leg '" + name + "' to '" + target + "': offered " + leg.offered + ", accounted for "
                            + answered + ": " + leg);
                }
            });
        });
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }

    private static long sum(Map<DropReason, Long> dropped) {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
