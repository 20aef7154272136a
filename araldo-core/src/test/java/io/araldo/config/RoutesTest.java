package io.araldo.config;

import static io.araldo.config.ConfigFiles.load;
import static io.araldo.config.ConfigFiles.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Endpoint;
import io.araldo.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The section routes. */
class RoutesTest {
    private static final String ENDPOINTS = """
            plugins:
              araldo.endpoints.endpoint:
                - {name: a, id: endpoint-mock}
                - {name: b, id: endpoint-mock}
                - {name: out, id: endpoint-test, behaviour: only-take}
                - {name: in, id: endpoint-test, behaviour: only-send}
            """;

    private static String routes(String routes) {
        return ENDPOINTS + "routes:\n" + routes;
    }

    @Test
    void aListIsARouteForEachTarget() {
        assertThat(load(routes("  a: [b, out]\n  in:\n    - b\n")).plan().routes())
                .extracting(Route::name)
                .containsExactly("a->b", "a->out", "in->b");
    }

    @Test
    void oneTargetNeedsNoList() {
        assertThat(load(routes("  a: b\n")).plan().routes())
                .extracting(Route::name)
                .containsExactly("a->b");
    }

    @Test
    void aTargetMayBeAVariable() {
        assertThat(load(routes("  a: ['${TO}']\n"), Map.of("TO", "out")).plan().endpoints())
                .extracting(Endpoint::name)
                .containsExactly("a", "out");
    }

    @Test
    void endpointsInNoRouteAreNoMistake() {
        assertThat(load(routes("  a: a\n")).plan().endpoints())
                .extracting(Endpoint::name)
                .containsExactly("a");
    }

    @Test
    void unknownSource() {
        assertThat(refusal(routes("  aa: b\n")))
                .isEqualTo("araldo.yaml:8:3: routes.aa: no endpoint is named 'aa'; did you mean 'a'? (endpoints: a, b,"
                        + " out, in)");
    }

    @Test
    void unknownTarget() {
        assertThat(refusal(routes("  a:\n    - b\n    - zebra\n")))
                .isEqualTo("araldo.yaml:10:7: routes.a[1]: no endpoint is named 'zebra'; no other name is near"
                        + " (endpoints: a, b, out, in)");
    }

    @Test
    void endpointThatIsNamedAndHasAMistakeIsNotUnknown() {
        assertThat(refusal(routes("  a: b\n").replace("name: b, id", "name: b, x: 1, id")))
                .isEqualTo("araldo.yaml:4:17: plugins.araldo.endpoints.endpoint[1].x: endpoint-mock has no setting 'x';"
                        + " no other name is near (settings: name, id, channel, marshaller)");
    }

    @Test
    void noTargets() {
        assertThat(refusal(routes("  a: []\n")))
                .isEqualTo("araldo.yaml:8:3: routes.a: found an empty list; write the list of its targets, such as"
                        + " [a, b]");
    }

    @Test
    void nothingForTargets() {
        assertThat(refusal(routes("  a:\n")))
                .isEqualTo("araldo.yaml:8:3: routes.a: found nothing; write the list of its targets, such as [a, b]");
    }

    @Test
    void mappingForTargets() {
        assertThat(refusal(routes("  a: {b: 1}\n")))
                .isEqualTo("araldo.yaml:8:3: routes.a: found keys with values; write the list of its targets, such as"
                        + " [a, b]");
    }

    @Test
    void listForATarget() {
        assertThat(refusal(routes("  a: [[b], null]\n"))).isEqualTo("""
                        araldo.yaml:8:7: routes.a[0]: found a list; write the name of an endpoint
                        araldo.yaml:8:12: routes.a[1]: found nothing; write the name of an endpoint""");
    }

    @Test
    void targetThatIsAnUndefinedVariableIsOneMistake() {
        assertThat(refusal(routes("  a: [b, '${GONE}']\n")))
                .isEqualTo(
                        "araldo.yaml:8:10: routes.a[1]: the variable GONE is not defined; define it in the environment, or"
                                + " write a default: ${GONE:-…}");
    }

    @Test
    void targetTwice() {
        assertThat(refusal(routes("  a: [b, b]\n")))
                .isEqualTo("araldo.yaml:8:10: routes.a[1]: the target 'b' stands twice; write it once");
    }

    @Test
    void sourceTwice() {
        assertThat(refusal(routes("  a: b\n  a: out\n")))
                .isEqualTo("araldo.yaml:9:3: routes.a: the key stands twice, first at 8:3; keep one of the two");
    }

    @Test
    void sourceThatSendsNothing() {
        assertThat(refusal(routes("  out: a\n")))
                .isEqualTo("araldo.yaml:8:3: routes.out: the endpoint 'out' sends nothing; write it as a target");
    }

    @Test
    void targetThatTakesNothing() {
        assertThat(refusal(routes("  a: [b, in]\n")))
                .isEqualTo("araldo.yaml:8:10: routes.a[1]: the endpoint 'in' takes nothing; write it as a source");
    }

    @Test
    void noRoutes() {
        assertThat(refusal(ENDPOINTS + "routes: {}\n"))
                .isEqualTo("araldo.yaml:7:1: routes: found an empty mapping; write for each source the list of its"
                        + " targets");
    }
}
