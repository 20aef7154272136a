package io.araldo;

import java.util.List;
import java.util.stream.Collectors;

/** The routes do not make a relay: whoever writes them must act. All mistakes are reported at once. */
public class PlanException extends AraldoException {
    private static final long serialVersionUID = 1;

    /** Values of routes, which hold user code, are not serializable. */
    private final transient List<Problem> problems;

    /** One line for each problem. */
    public PlanException(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /**
     * A mistake.
     *
     * @param found what is wrong
     * @param remedy what to write instead, in code
     * @param routes those that it is about; none, where it is about an endpoint or all of them
     * @param circle the resources by way of which these routes feed themselves, the first one again at the end; empty for
     *     any other mistake
     */
    public record Problem(String found, String remedy, List<Route> routes, List<String> circle) {
        /** With copies of the lists. */
        public Problem {
            routes = List.copyOf(routes);
            circle = List.copyOf(circle);
        }

        /** Something else than a circle. */
        static Problem of(String found, String remedy, Route... routes) {
            return new Problem(found, remedy, List.of(routes), List.of());
        }

        /** Both in one line, as in the message of the exception. */
        public String text() {
            return circle.isEmpty() ? found + " (expected: " + remedy + ")" : found + "; " + remedy;
        }
    }

    /** Each mistake by itself, in the order of the message; empty after deserialization. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
