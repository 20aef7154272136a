package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.araldo.Endpoint;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a plan finds wrong is told at the route that it names. */
class PlanProblemsTest {
    private static final String FILE = """
            endpoints:
              - {name: a, id: endpoint-mock}
              - {name: b, id: endpoint-mock}
            routes:
              a: b
              b: [b, a]
            """;

    private final Problems problems = new Problems("araldo.yaml");

    private Routes routes() {
        Node.Fields file = (Node.Fields) YamlReader.read(FILE, new Variables(name -> null), problems);
        MarshallerNames marshallers = new MarshallerNames(Plugins.marshallers(), new LoadContext(OptionalInt.empty()));
        Group<Endpoint> endpoints = new Group<>(Plugins.endpoints(), new Binder(marshallers, problems), problems);
        endpoints.read(file.entries().get("endpoints"), "endpoints");
        endpoints.make(new LoadContext(OptionalInt.empty()));
        Routes routes = new Routes(endpoints, problems);
        routes.read((Node.Fields) file.entries().get("routes").value(), "routes");
        return routes;
    }

    private String told(String problem) {
        routes().report(problem, new Position(4, 1));
        return catchThrowableOfType(ConfigException.class, problems::report).getMessage();
    }

    @Test
    void atTheFirstOfTheRoutesThatItNames() {
        assertThat(told("routes 'b->a' and 'b->b' feed each other (expected: separate channels)"))
                .isEqualTo("araldo.yaml:6:7: routes.b[0]: routes 'b->a' and 'b->b' feed each other (expected: separate"
                        + " channels)");
    }

    @Test
    void atTheSectionIfItNamesNone() {
        assertThat(told("too many routes (expected: fewer)"))
                .isEqualTo("araldo.yaml:4:1: routes: too many routes (expected: fewer)");
    }

    @Test
    void noRouteIsFoundWrongHere() {
        assertThat(routes().plan(Position.START)).isPresent();
        assertThat(problems.isEmpty()).isTrue();
    }
}
