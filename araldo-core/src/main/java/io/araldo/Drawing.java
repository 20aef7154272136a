package io.araldo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan as a drawing. Names are safe in both languages: the plan has checked them. */
final class Drawing {
    private Drawing() {}

    /** An arrow; dashed where it is not the way of the route itself: to a tap, to the dead letters. */
    private record Arrow(Endpoint from, Endpoint to, Optional<String> label, boolean isDashed) {}

    private static List<Arrow> arrows(Route route) {
        List<Arrow> arrows = new ArrayList<>();
        route.targets().forEach(target -> arrows.add(new Arrow(route.source(), target, route.label(), false)));
        route.taps().forEach(tap -> arrows.add(new Arrow(route.source(), tap, Optional.of("tap"), true)));
        Endpoint deadLetter = route.failures().deadLetter();
        if (deadLetter != null) {
            arrows.add(new Arrow(route.source(), deadLetter, Optional.of("dead letter"), true));
        }
        return arrows;
    }

    private static List<Arrow> arrows(RelayPlan plan) {
        return plan.routes().stream().flatMap(route -> arrows(route).stream()).toList();
    }

    static String mermaid(RelayPlan plan) {
        List<Endpoint> endpoints = plan.endpoints();
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < endpoints.size(); i++) {
            text.append("    e")
                    .append(i)
                    .append("[\"")
                    .append(endpoints.get(i).name())
                    .append("\"]\n");
        }
        for (Arrow arrow : arrows(plan)) {
            text.append("    e").append(endpoints.indexOf(arrow.from())).append(arrow.isDashed() ? " -.->" : " -->");
            arrow.label().ifPresent(label -> text.append("|\"").append(label).append("\"|"));
            text.append(" e").append(endpoints.indexOf(arrow.to())).append('\n');
        }
        return text.toString();
    }

    static String dot(RelayPlan plan) {
        StringBuilder text = new StringBuilder("digraph \"" + plan.name() + "\" {\n    rankdir=LR;\n");
        plan.endpoints()
                .forEach(endpoint ->
                        text.append("    \"").append(endpoint.name()).append("\";\n"));
        for (Arrow arrow : arrows(plan)) {
            text.append("    \"")
                    .append(arrow.from().name())
                    .append("\" -> \"")
                    .append(arrow.to().name())
                    .append('"');
            List<String> attributes = new ArrayList<>();
            arrow.label().ifPresent(label -> attributes.add("label=\"" + label + "\""));
            if (arrow.isDashed()) {
                attributes.add("style=dashed");
            }
            text.append(attributes.isEmpty() ? "" : " [" + String.join(", ", attributes) + "]")
                    .append(";\n");
        }
        return text.append("}\n").toString();
    }
}
