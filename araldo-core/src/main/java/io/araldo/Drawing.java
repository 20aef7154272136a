package io.araldo;

import java.util.List;

/** A plan as a drawing. Names are safe in both languages: the plan has checked them. */
final class Drawing {
    private Drawing() {}

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
        for (Route route : plan.routes()) {
            for (Endpoint target : route.targets()) {
                text.append("    e").append(endpoints.indexOf(route.source())).append(" -->");
                route.label()
                        .ifPresent(label -> text.append("|\"").append(label).append("\"|"));
                text.append(" e").append(endpoints.indexOf(target)).append('\n');
            }
        }
        return text.toString();
    }

    static String dot(RelayPlan plan) {
        StringBuilder text = new StringBuilder("digraph \"" + plan.name() + "\" {\n    rankdir=LR;\n");
        plan.endpoints()
                .forEach(endpoint ->
                        text.append("    \"").append(endpoint.name()).append("\";\n"));
        for (Route route : plan.routes()) {
            for (Endpoint target : route.targets()) {
                text.append("    \"")
                        .append(route.source().name())
                        .append("\" -> \"")
                        .append(target.name())
                        .append('"');
                route.label()
                        .ifPresent(
                                label -> text.append(" [label=\"").append(label).append("\"]"));
                text.append(";\n");
            }
        }
        return text.append("}\n").toString();
    }
}
