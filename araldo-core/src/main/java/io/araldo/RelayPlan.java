package io.araldo;

import io.araldo.PlanException.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Routes that have been checked to make a relay, and its options: an immutable value that can be drawn, and started any
 * number of times (one after the other where it has handles such as {@link LocalEndpoint}).
 */
public final class RelayPlan {
    private final RelayBuilder options;
    private final List<Route> routes;
    private final List<Endpoint> endpoints;

    RelayPlan(RelayBuilder options) {
        this(options, false);
    }

    private RelayPlan(RelayBuilder options, boolean mayBeEmpty) {
        this.options = options;
        this.routes = List.copyOf(options.routes);
        Set<Endpoint> found = new LinkedHashSet<>();
        routes.forEach(route -> {
            found.add(route.source());
            found.addAll(route.writesTo());
        });
        this.endpoints = List.copyOf(found);
        List<Problem> problems = problems(mayBeEmpty);
        if (!problems.isEmpty()) {
            throw new PlanException(problems);
        }
    }

    private List<Problem> problems(boolean mayBeEmpty) {
        List<Problem> problems = new ArrayList<>();
        if (routes.isEmpty() && !mayBeEmpty) {
            problems.add(Problem.of("routes: none", "at least one, such as Route.from(a).to(b)"));
        }
        checkEndpoints(problems);
        checkRoutes(problems);
        problems.addAll(new LoopCheck(routes).problems());
        options.optional.stream()
                .filter(endpoint -> !endpoints.contains(endpoint))
                .forEach(endpoint -> problems.add(Problem.of(
                        "optional endpoint '" + endpoint.name() + "' is in no route",
                        "an endpoint that a route names")));
        return problems;
    }

    private void checkEndpoints(List<Problem> problems) {
        Map<String, Endpoint> byName = new HashMap<>();
        for (Endpoint endpoint : endpoints) {
            if (!Checks.isName(endpoint.name())) {
                problems.add(Problem.of("endpoint name: " + Checks.quoted(endpoint.name()), Checks.NAME_WANTED));
            }
            Endpoint other = byName.putIfAbsent(endpoint.name(), endpoint);
            if (other != null) {
                problems.add(Problem.of(
                        "two endpoints are named '" + endpoint.name() + "': " + other + " and " + endpoint,
                        "one object for one endpoint, used in all its routes, or two names"));
            }
        }
    }

    private void checkRoutes(List<Problem> problems) {
        Set<String> names = new LinkedHashSet<>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                problems.add(Problem.of(
                        "two routes are named '" + route.name() + "'",
                        "different names; give one with Route.from(…).name(\"…\")",
                        route));
            }
            if (route.overflow() == Overflow.BLOCK && !route.source().canWait()) {
                problems.add(Problem.of(
                        "route '" + route.name() + "': overflow BLOCK, but its source '"
                                + route.source().name() + "' cannot wait",
                        "queue(" + route.capacity() + ", DROP_OLDEST) or queue(" + route.capacity() + ", DROP_NEWEST)",
                        route));
            }
        }
    }

    /** The name that the relay will have. */
    public String name() {
        return options.name;
    }

    /** The routes, in the order in which they were given. */
    public List<Route> routes() {
        return routes;
    }

    /** The endpoints, each once, in the order in which the routes name them. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** The same plan as a builder, to change an option or to add a route. */
    public RelayBuilder toBuilder() {
        return new RelayBuilder(options);
    }

    /** @throws PlanException if the route does not go with the others */
    RelayPlan with(Route route) {
        return toBuilder().route(route).plan();
    }

    /** Without a route; a relay that runs may have none. */
    RelayPlan without(Route route) {
        RelayBuilder rest = toBuilder();
        rest.routes.remove(route);
        rest.optional.removeIf(endpoint -> rest.routes.stream().noneMatch(other -> other.names(endpoint)));
        return new RelayPlan(rest, true);
    }

    /** Starts a relay; see {@link RelayBuilder#start()}. */
    public Relay start() {
        return LiveRelay.start(this);
    }

    /**
     * The relay as a Mermaid flowchart: a node for each endpoint, an arrow for each route and target, and dashed ones to
     * taps and to those who get the dead letters.
     */
    public String toMermaid() {
        return Drawing.mermaid(this);
    }

    /** The relay in the DOT language of Graphviz. */
    public String toDot() {
        return Drawing.dot(this);
    }

    RelayBuilder options() {
        return options;
    }

    /** For people: the name and the routes. */
    @Override
    public String toString() {
        return "RelayPlan[" + name() + ", " + routes + "]";
    }
}
