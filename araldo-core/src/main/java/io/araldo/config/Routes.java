package io.araldo.config;

import io.araldo.Endpoint;
import io.araldo.PlanException;
import io.araldo.Relay;
import io.araldo.RelayBuilder;
import io.araldo.RelayPlan;
import io.araldo.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The section {@code routes}: a route for each source and target. */
final class Routes {
    private static final String WANTED = "the list of its targets, such as [a, b]";

    private final Group<Endpoint> endpoints;
    private final MarshallerNames marshallers;
    private final Problems problems;
    private final List<Placed> placed = new ArrayList<>();

    /** @param marshallers that endpoints may name, for advice */
    Routes(Group<Endpoint> endpoints, MarshallerNames marshallers, Problems problems) {
        this.endpoints = endpoints;
        this.marshallers = marshallers;
        this.problems = problems;
    }

    /** A route, and where it stands. */
    private record Placed(Route route, Position at, String path) {}

    void read(Node.Fields section, String path) {
        section.entries().values().forEach(entry -> source(entry, Keys.join(path, entry.key())));
    }

    private void source(Node.Entry entry, String path) {
        Endpoint source = endpoint(entry.key(), entry.key(), Direction.TARGET, entry.at(), path);
        if (entry.value() instanceof Node.Items items && !items.items().isEmpty()) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < items.items().size(); i++) {
                Node item = items.items().get(i);
                target(source, item, item.at(), path + "[" + i + "]", seen);
            }
        } else if (entry.value() instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NOTHING) {
            target(source, scalar, entry.at(), path, new HashSet<>());
        } else {
            problems.add(entry.at(), path, "found " + entry.value().found() + "; write " + WANTED);
        }
    }

    private void target(@Nullable Endpoint source, Node node, Position at, String path, Set<String> seen) {
        if (!(node instanceof Node.Scalar scalar) || scalar.kind() == Node.Kind.NOTHING) {
            problems.add(at, path, "found " + node.found() + "; write the name of an endpoint");
            return;
        }
        if (scalar.kind() == Node.Kind.BROKEN) {
            return;
        }
        Endpoint target = endpoint(scalar.text(), scalar.written(), Direction.SOURCE, at, path);
        if (!seen.add(scalar.text())) {
            problems.add(at, path, "the target " + Shown.quoted(scalar.written()) + " stands twice; write it once");
        } else if (source != null && target != null) {
            placed.add(new Placed(Route.from(source).to(target), at, path));
        }
    }

    /** @param written the name as in the file, to be shown: what a variable holds is not */
    private @Nullable Endpoint endpoint(String name, String written, Direction unsuitable, Position at, String path) {
        if (endpoints.isUnknown(name)) {
            problems.add(
                    at,
                    path,
                    () -> Nearest.explain(
                            "no endpoint is named " + Shown.quoted(written), name, "endpoints", endpoints.names()));
            return null;
        }
        Optional<Made<Endpoint>> made = endpoints.find(name);
        if (made.filter(each -> each.direction() == unsuitable).isPresent()) {
            problems.add(
                    at,
                    path,
                    unsuitable == Direction.TARGET
                            ? "the endpoint " + Shown.quoted(written) + " sends nothing; write it as a target"
                            : "the endpoint " + Shown.quoted(written) + " takes nothing; write it as a source");
            return null;
        }
        return made.map(Made::value).orElse(null);
    }

    /**
     * The plan of the routes that are right. What it finds wrong is noted at the route that it names.
     *
     * @param section for what names none
     */
    Optional<RelayPlan> plan(Position section) {
        if (placed.isEmpty()) {
            return Optional.empty();
        }
        RelayBuilder relay = Relay.builder();
        placed.forEach(each -> relay.route(each.route()));
        try {
            return Optional.of(relay.plan());
        } catch (PlanException e) {
            e.problems().forEach(problem -> report(problem, section));
            return Optional.empty();
        }
    }

    void report(PlanException.Problem problem, Position section) {
        String text = Shown.line(inTermsOfTheFile(problem));
        placed.stream()
                .filter(each -> problem.routes().contains(each.route()))
                .findFirst()
                .ifPresentOrElse(
                        first -> problems.add(first.at(), first.path(), text),
                        () -> problems.add(section, "routes", text));
    }

    /** A file has another way out of a circle than code. */
    private String inTermsOfTheFile(PlanException.Problem problem) {
        int routes = problem.routes().size();
        return problem.circle().isEmpty()
                ? problem.text()
                : problem.found() + "; use separate channels, or write marshaller: " + marshallers.envelope() + " on "
                        + (routes == 1 ? "it" : routes == 2 ? "both" : "all");
    }
}
