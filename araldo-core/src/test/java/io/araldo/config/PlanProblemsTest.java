package io.araldo.config;

import static io.araldo.config.ConfigFiles.load;
import static io.araldo.config.ConfigFiles.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.araldo.Endpoint;
import io.araldo.PlanException;
import io.araldo.Relay;
import io.araldo.Route;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a plan finds wrong is told at the route that it names, with a way out that a file has. */
class PlanProblemsTest {
    private static final String MARSHALLING = """
              araldo.marshalling:
                - {name: plain, id: marshal-raw}
                - {name: envelope, id: marshal-json}
            """;

    /** A file with endpoints {@code a}, {@code b} and {@code c} of three channels that echo. */
    private static String file(String routes) {
        return """
            plugins:
              araldo.endpoints.endpoint:
                - {name: a, id: endpoint-test, behaviour: echo, path: /a}
                - {name: b, id: endpoint-test, behaviour: echo, path: /b}
                - {name: c, id: endpoint-test, behaviour: echo, path: /c}
            routes:
            """ + routes.indent(2);
    }

    private static String enveloped(String file, String marshaller, String... names) {
        String enveloped = file;
        for (String name : names) {
            enveloped = enveloped.replace("name: " + name, "name: " + name + ", marshaller: " + marshaller);
        }
        return enveloped;
    }

    @Test
    void routesThatFeedThemselves() {
        assertThat(refusal(file("a: b\nb: [c, a]")))
                .isEqualTo(
                        "araldo.yaml:7:3: routes.a: routes a->b, b->a feed themselves: test:/a -> test:/b -> test:/a;"
                                + " use separate channels, or write marshaller: marshal-json on both");
    }

    @Test
    void routeThatFeedsItself() {
        assertThat(refusal(file("a: [b, a]")))
                .isEqualTo("araldo.yaml:7:10: routes.a[1]: route a->a feeds itself: test:/a -> test:/a;"
                        + " use separate channels, or write marshaller: marshal-json on it");
    }

    @Test
    void routesInACircle() {
        assertThat(refusal(file("a: b\nb: c\nc: a")))
                .isEqualTo("araldo.yaml:7:3: routes.a: routes a->b, b->c, c->a feed themselves:"
                        + " test:/a -> test:/b -> test:/c -> test:/a;"
                        + " use separate channels, or write marshaller: marshal-json on all");
    }

    @Test
    void areToldAtTheFirstInTheFileWhicheverIsNamedFirst() {
        assertThat(refusal(enveloped(file("a: b\nb: a"), "marshal-json", "b")))
                .isEqualTo(
                        "araldo.yaml:7:3: routes.a: routes b->a, a->b feed themselves: test:/b -> test:/a -> test:/b;"
                                + " use separate channels, or write marshaller: marshal-json on both");
    }

    @Test
    void anEnvelopeOfTheFileIsNamed() {
        assertThat(refusal(file("a: b\nb: a").replace("plugins:\n", "plugins:\n" + MARSHALLING)))
                .startsWith("araldo.yaml:10:3: routes.a: routes a->b, b->a feed themselves: ")
                .endsWith("; use separate channels, or write marshaller: envelope on both");
    }

    @Test
    void whatIsWrittenAsToldIsRight() {
        assertThat(load(enveloped(file("a: b\nb: a"), "marshal-json", "a", "b"))
                        .plan()
                        .routes())
                .extracting(Route::name)
                .containsExactly("a->b", "b->a");
    }

    @Test
    void aProblemThatNamesNoRouteIsToldAtTheSection() {
        Problems problems = new Problems("araldo.yaml");
        MarshallerNames marshallers = MarshallerNames.none();
        Group<Endpoint> endpoints = new Group<>(Plugins.endpoints(), new Binder(marshallers, problems), problems);
        endpoints.make(new LoadContext(OptionalInt.empty()));
        Routes routes = new Routes(endpoints, marshallers, problems);
        PlanException none =
                catchThrowableOfType(PlanException.class, () -> Relay.builder().plan());

        none.problems().forEach(problem -> routes.report(problem, new Position(4, 1)));

        assertThat(catchThrowableOfType(ConfigException.class, problems::report))
                .hasMessage("araldo.yaml:4:1: routes: routes: none (expected: at least one, such as"
                        + " Route.from(a).to(b))");
    }
}
