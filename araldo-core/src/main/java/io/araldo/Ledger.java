package io.araldo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What became of every message of a relay: an immutable snapshot. When nothing moves its equations are exact:
 *
 * <ul>
 *   <li>route: received + produced = filtered + split + dropped + failed + routed + waiting
 *   <li>leg (route and target): offered = delivered + dropped + failed + unknown + in flight
 *   <li>session, and all sessions of an endpoint: offered = written + excluded + skipped + pending
 * </ul>
 *
 * <p>A split consumes one message and produces many. Another attempt is no new offer. A dead letter has failed here, at
 * the route or at a leg, and is offered to the dead-letter endpoint, which has a leg of its own. What one leg delivers to
 * an endpoint that has sessions is offered to each of them.
 *
 * @param endpoints what sources took in, and what became of it at sessions, by endpoint; of those that are either
 * @param routes what routes did with it, by route
 */
public record Ledger(Map<String, EndpointCount> endpoints, Map<String, RouteCount> routes) {
    /** Copies the maps. */
    public Ledger {
        endpoints = Map.copyOf(endpoints);
        routes = Map.copyOf(routes);
    }

    /**
     * A source, or an endpoint that has sessions.
     *
     * @param received how many messages its links handed over
     * @param undecodable how many of them its marshaller refused
     * @param sessions what became of the messages for all of its sessions, those that have ended included; empty if it
     *     is of a kind that has none
     */
    public record EndpointCount(long received, long undecodable, Optional<SessionCount> sessions) {
        /** The count of an endpoint that has no sessions. */
        public EndpointCount(long received, long undecodable) {
            this(received, undecodable, Optional.empty());
        }
    }

    /**
     * A session, or several together.
     *
     * @param offered how many messages were sent, since it joined, to everybody or to it alone
     * @param written how many were handed to the operating system
     * @param excluded how many it sent itself
     * @param skipped how many it did not get, by reason
     * @param pending how many wait, or are being written
     */
    public record SessionCount(long offered, long written, long excluded, Map<DropReason, Long> skipped, long pending) {
        /** Of no session. */
        public static final SessionCount NONE = new SessionCount(0, 0, 0, Map.of(), 0);

        /** Copies the map. */
        public SessionCount {
            skipped = Map.copyOf(skipped);
        }

        /** This and another, together. */
        public SessionCount plus(SessionCount other) {
            Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
            all.putAll(skipped);
            other.skipped.forEach((reason, count) -> all.merge(reason, count, Long::sum));
            return new SessionCount(
                    offered + other.offered,
                    written + other.written,
                    excluded + other.excluded,
                    all,
                    pending + other.pending);
        }

        /**
         * Checks the equation.
         *
         * @throws AssertionError if it does not hold, or a term is negative
         */
        public void assertConserved() {
            List<String> wrong = new ArrayList<>();
            check("session", wrong);
            Ledger.report(wrong);
        }

        private void check(String what, List<String> wrong) {
            long accounted = written + excluded + sum(skipped) + pending;
            if (offered != accounted || anyNegative(skipped, offered, written, excluded, pending)) {
                wrong.add(what + ": offered " + offered + ", accounted for " + accounted + ": " + this);
            }
        }
    }

    /**
     * A route.
     *
     * @param received how many messages its source gave it
     * @param produced how many came out of splits
     * @param filtered how many a step or the router kept back
     * @param split how many were split, into many, one or none
     * @param failed how many ended in an error before they were offered to a target
     * @param dropped how many were given up, by reason
     * @param routed how many were offered to one target or more
     * @param waiting how many wait
     * @param legs what became of those that were routed, by target, and of dead letters
     * @param taps what became of the copies that taps took, by endpoint; they are in no other term
     */
    public record RouteCount(
            long received,
            long produced,
            long filtered,
            long split,
            long failed,
            Map<DropReason, Long> dropped,
            long routed,
            long waiting,
            Map<String, LegCount> legs,
            Map<String, LegCount> taps) {
        private long in() {
            return received + produced;
        }

        private long out() {
            return filtered + split + failed + sum(dropped) + routed + waiting;
        }

        private boolean isNegative() {
            return anyNegative(dropped, received, produced, filtered, split, failed, routed, waiting);
        }
    }

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
            long offered, long delivered, long failed, long unknown, Map<DropReason, Long> dropped, long inFlight) {
        private long answered() {
            return delivered + failed + unknown + sum(dropped) + inFlight;
        }

        private boolean isNegative() {
            return anyNegative(dropped, offered, delivered, failed, unknown, inFlight);
        }
    }

    /** The count of a route. */
    public RouteCount route(String name) {
        RouteCount count = routes.get(name);
        if (count == null) {
            throw new IllegalArgumentException("route: '" + name + "' (expected: one of " + routes.keySet() + ")");
        }
        return count;
    }

    /** The count of a route and one of its targets, or its dead-letter endpoint. */
    public LegCount leg(String route, String target) {
        Map<String, LegCount> legs = route(route).legs();
        LegCount count = legs.get(target);
        if (count == null) {
            throw new IllegalArgumentException("target: '" + target + "' (expected: one of " + legs.keySet() + ")");
        }
        return count;
    }

    /** The count of all sessions of an endpoint. */
    public SessionCount sessions(String endpoint) {
        EndpointCount count = endpoints.get(endpoint);
        if (count == null || count.sessions.isEmpty()) {
            List<String> known = endpoints.entrySet().stream()
                    .filter(entry -> entry.getValue().sessions.isPresent())
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            throw new IllegalArgumentException("endpoint: '" + endpoint + "' (expected: one of " + known + ")");
        }
        return count.sessions.get();
    }

    /** The count of the copies that a tap of a route took. */
    public LegCount tap(String route, String endpoint) {
        Map<String, LegCount> taps = route(route).taps();
        LegCount count = taps.get(endpoint);
        if (count == null) {
            throw new IllegalArgumentException("tap: '" + endpoint + "' (expected: one of " + taps.keySet() + ")");
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
        endpoints.forEach((name, endpoint) ->
                endpoint.sessions.ifPresent(sessions -> sessions.check("sessions of '" + name + "'", wrong)));
        routes.forEach((name, route) -> {
            if (route.in() != route.out() || route.isNegative()) {
                wrong.add("route '" + name + "': received and produced " + route.in() + ", accounted for " + route.out()
                        + ": " + route);
            }
            route.legs.forEach((target, leg) -> check("leg '" + name + "' to '" + target + "'", leg, wrong));
            route.taps.forEach((target, leg) -> check("tap '" + name + "' to '" + target + "'", leg, wrong));
        });
        report(wrong);
    }

    private static void report(List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }

    private static void check(String what, LegCount leg, List<String> wrong) {
        if (leg.offered != leg.answered() || leg.isNegative()) {
            wrong.add(what + ": offered " + leg.offered + ", accounted for " + leg.answered() + ": " + leg);
        }
    }

    private static boolean anyNegative(Map<DropReason, Long> dropped, long... terms) {
        return LongStream.of(terms).anyMatch(term -> term < 0)
                || dropped.values().stream().anyMatch(count -> count < 0);
    }

    private static long sum(Map<DropReason, Long> dropped) {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
