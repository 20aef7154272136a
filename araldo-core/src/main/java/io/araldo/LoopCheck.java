package io.araldo;

import io.araldo.PlanException.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds routes that feed themselves: what one writes comes back as the source of another, and so on round to the first.
 * Where each resource on the way is written and read by envelopes the circle is broken at run time, by the
 * {@link LoopGuard}; where one is not, nothing would.
 */
final class LoopCheck {
    private final List<Route> routes;

    LoopCheck(List<Route> routes) {
        this.routes = routes.stream().filter(route -> !route.allowsLoop()).toList();
    }

    /** A way from a route to one that takes in what it writes. */
    private record Echo(Route from, String resource, Route to, boolean isGuarded) {}

    /** One for each circle; circles that share a route are told once. */
    List<Problem> problems() {
        Map<Route, List<Echo>> echoes = new LinkedHashMap<>();
        routes.forEach(route -> echoes.put(route, echoes(route)));
        List<Problem> problems = new ArrayList<>();
        Set<Route> told = new HashSet<>();
        echoes.values().stream()
                .flatMap(List::stream)
                .filter(echo -> !echo.isGuarded())
                .forEach(echo -> {
                    if (!told.contains(echo.from()) && !told.contains(echo.to())) {
                        circle(echo, echoes).ifPresent(circle -> {
                            circle.forEach(each -> told.add(each.from()));
                            problems.add(problem(circle));
                        });
                    }
                });
        return problems;
    }

    private List<Echo> echoes(Route from) {
        List<Echo> echoes = new ArrayList<>();
        for (Endpoint target : from.writesTo()) {
            for (String resource : target.writes()) {
                for (Route to : routes) {
                    if (to.source().reads(resource)) {
                        boolean isGuarded = target.marshaller().isEnvelope()
                                && to.source().marshaller().isEnvelope();
                        echoes.add(new Echo(from, resource, to, isGuarded));
                    }
                }
            }
        }
        return echoes;
    }

    /** The shortest circle that begins with this echo, if there is one. */
    private static Optional<List<Echo>> circle(Echo first, Map<Route, List<Echo>> echoes) {
        Map<Route, List<Echo>> paths = new LinkedHashMap<>();
        Deque<Route> next = new ArrayDeque<>();
        paths.put(first.to(), List.of(first));
        next.add(first.to());
        while (!next.isEmpty()) {
            Route route = next.remove();
            List<Echo> path = paths.getOrDefault(route, List.of());
            if (route.equals(first.from())) {
                return Optional.of(path);
            }
            for (Echo echo : echoes.getOrDefault(route, List.of())) {
                if (paths.putIfAbsent(echo.to(), with(path, echo)) == null) {
                    next.add(echo.to());
                }
            }
        }
        return Optional.empty();
    }

    private static List<Echo> with(List<Echo> path, Echo next) {
        List<Echo> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }

    private static Problem problem(List<Echo> circle) {
        List<Route> routes = circle.stream().map(Echo::from).toList();
        List<String> resources = new ArrayList<>();
        resources.add(circle.get(circle.size() - 1).resource());
        circle.forEach(echo -> resources.add(echo.resource()));
        String names = routes.stream().map(Route::name).collect(Collectors.joining(", "));
        boolean isOne = routes.size() == 1;
        return new Problem(
                (isOne ? "route " + names + " feeds itself: " : "routes " + names + " feed themselves: ")
                        + String.join(" -> ", resources),
                "use separate channels, an enveloping marshaller on "
                        + (isOne ? "it" : routes.size() == 2 ? "both" : "all") + ", or allowLoop(hops)",
                routes,
                resources);
    }
}
