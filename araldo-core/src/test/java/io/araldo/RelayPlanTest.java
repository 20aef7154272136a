package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Routes, relays and plans as values: what they say, and what they refuse. */
class RelayPlanTest {
    private final MockEndpoint a = MockEndpoint.create("a");
    private final MockEndpoint b = MockEndpoint.create("b");
    private final LocalEndpoint local = LocalEndpoint.create("local");

    private static List<String> problems(RelayBuilder builder) {
        PlanException refused = catchThrowableOfType(PlanException.class, builder::plan);
        List<String> problems =
                refused.problems().stream().map(PlanException.Problem::text).toList();
        assertThat(refused).hasMessage(String.join("\n", problems));
        return problems;
    }

    @Test
    void routeSaysWhatItIs() {
        Route route = Route.from(local)
                .filter(message -> true)
                .map(message -> message)
                .queue(10, Overflow.DROP_NEWEST)
                .queueBytes(1_000)
                .timeout(Duration.ofSeconds(3))
                .to(Router.byHeader("to"), a, b);

        assertThat(route.name()).isEqualTo("local->a,b");
        assertThat(route.source()).isSameAs(local);
        assertThat(route.targets()).containsExactly(a, b);
        assertThat(route.capacity()).isEqualTo(10);
        assertThat(route.capacityBytes()).isEqualTo(1_000);
        assertThat(route.overflow()).isEqualTo(Overflow.DROP_NEWEST);
        assertThat(route.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(route).hasToString("Route[local->a,b, filter, map, routed, queue of 10 or 1000 bytes, DROP_NEWEST]");
    }

    @Test
    void routeHasDefaults() {
        Route route = Route.from(local).to(a);

        assertThat(route.capacity()).isEqualTo(4_096);
        assertThat(route.capacityBytes()).isEqualTo(16 * 1_024 * 1_024);
        assertThat(route.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(route).hasToString("Route[local->a, queue of 4096 or 16777216 bytes, BLOCK]");
    }

    @Test
    void wrongArgumentsOfARouteAreRefused() {
        RouteBuilder route = Route.from(a);

        assertThatThrownBy(() -> Route.from(null)).hasMessage("source: null (expected: a value)");
        assertThatThrownBy(() -> route.name(" ")).hasMessage("route name: ' ' (expected: not blank)");
        assertThatThrownBy(() -> route.filter(null)).hasMessage("filter: null (expected: a value)");
        assertThatThrownBy(() -> route.map(null)).hasMessage("map: null (expected: a value)");
        assertThatThrownBy(() -> route.queue(0, Overflow.BLOCK)).hasMessage("capacity: 0 (expected: > 0)");
        assertThatThrownBy(() -> route.queue(1, null)).hasMessage("overflow: null (expected: a value)");
        assertThatThrownBy(() -> route.queueBytes(-1)).hasMessage("capacityBytes: -1 (expected: > 0)");
        assertThatThrownBy(() -> route.timeout(Duration.ZERO)).hasMessage("timeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> route.timeout(null)).hasMessage("timeout: null (expected: > 0)");
        assertThatThrownBy(route::to).hasMessage("targets: none (expected: at least one endpoint)");
        assertThatThrownBy(() -> route.to(b, b)).hasMessage("targets: 'b' twice (expected: each once)");
        assertThatThrownBy(() -> route.to((Router) null, b)).hasMessage("router: null (expected: a value)");
    }

    @Test
    void wrongArgumentsOfARelayAreRefused() {
        RelayBuilder relay = Relay.builder();

        assertThatThrownBy(() -> relay.name("ä"))
                .hasMessage("relay name: 'ä' (expected: 1 to 64 letters, digits, '.', '_' or '-',"
                        + " the first a letter or a digit)");
        assertThatThrownBy(() -> relay.name("x".repeat(65))).hasMessageStartingWith("relay name: 'xxx");
        assertThatThrownBy(() -> relay.events(null)).hasMessage("events: null (expected: a value)");
        assertThatThrownBy(() -> relay.executor(null)).hasMessage("executor: null (expected: a value)");
        assertThatThrownBy(() -> relay.backoff(null)).hasMessage("backoff: null (expected: a value)");
        assertThatThrownBy(() -> relay.startup(Duration.ofSeconds(-1))).hasMessage("startup: PT-1S (expected: > 0)");
    }

    @Test
    void defaultNameIsAName() {
        for (int i = 0; i < 1_000; i++) {
            String name = Relay.builder().route(Route.from(a).to(b)).plan().name();
            assertThat(Checks.name("relay name", name)).startsWith("relay-");
        }
    }

    @Test
    void planWithoutRoutesIsRefused() {
        assertThat(problems(Relay.builder()))
                .containsExactly("routes: none (expected: at least one, such as Route.from(a).to(b))");
    }

    @Test
    void twoEndpointsOfOneNameAreRefused() {
        MockEndpoint other = MockEndpoint.create("a");

        assertThat(problems(Relay.builder()
                        .route(
                                Route.from(a).to(b),
                                Route.from(other).name("second").to(b))))
                .containsExactly(
                        "two endpoints are named 'a': MockEndpoint.create(\"a\") and MockEndpoint.create(\"a\")"
                                + " (expected: one object for one endpoint, used in all its routes, or two names)");
    }

    @Test
    void twoRoutesOfOneNameAreRefused() {
        assertThat(problems(
                        Relay.builder().route(Route.from(a).to(b), Route.from(a).to(b))))
                .containsExactly("two routes are named 'a->b'"
                        + " (expected: different names; give one with Route.from(…).name(\"…\"))");
    }

    @Test
    void blockOnASourceThatCannotWaitIsRefused() {
        Route route = Route.from(a).queue(10, Overflow.BLOCK).to(b);

        assertThat(problems(Relay.builder().route(route)))
                .containsExactly("route 'a->b': overflow BLOCK, but its source 'a' cannot wait"
                        + " (expected: queue(10, DROP_OLDEST) or queue(10, DROP_NEWEST))");
    }

    @Test
    void optionalEndpointInNoRouteIsRefused() {
        assertThat(problems(Relay.builder().route(Route.from(a).to(b)).optional(local, b)))
                .containsExactly("optional endpoint 'local' is in no route (expected: an endpoint that a route names)");
    }

    @Test
    void badNameOfAForeignEndpointIsRefused() {
        TestEndpoint spaced = TestEndpoint.named("two words");
        TestEndpoint nameless = TestEndpoint.named(null);

        assertThat(problems(Relay.builder().route(Route.from(a).to(spaced, nameless))))
                .containsExactly(
                        "endpoint name: 'two words' (expected: 1 to 64 letters, digits, '.', '_' or '-',"
                                + " the first a letter or a digit)",
                        "endpoint name: null (expected: 1 to 64 letters, digits, '.', '_' or '-',"
                                + " the first a letter or a digit)");
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        MockEndpoint other = MockEndpoint.create("a");
        RelayBuilder builder = Relay.builder()
                .route(
                        Route.from(a).queue(1, Overflow.BLOCK).to(TestEndpoint.named("")),
                        Route.from(other).name("twin").to(b),
                        Route.from(a).name("twin").to(b))
                .optional(local);

        assertThat(problems(builder))
                .hasSize(5)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("endpoint name: ''"),
                        second -> assertThat(second).startsWith("two endpoints are named 'a'"),
                        third -> assertThat(third).startsWith("route 'a->': overflow BLOCK"),
                        fourth -> assertThat(fourth).startsWith("two routes are named 'twin'"),
                        fifth -> assertThat(fifth).startsWith("optional endpoint 'local'"));
    }

    @Test
    void nothingIsOpenedForAPlan() {
        TestEndpoint target = TestEndpoint.named("target");

        RelayPlan plan =
                Relay.builder().name("p").route(Route.from(a).to(target)).plan();

        assertThat(target.attempts()).isZero();
        assertThat(plan.endpoints()).containsExactly(a, target);
        assertThat(plan).hasToString("RelayPlan[p, [Route[a->target, queue of 4096 or 16777216 bytes, DROP_OLDEST]]]");
    }

    @Test
    void planDoesNotChangeWithItsBuilder() {
        RelayBuilder builder = Relay.builder().name("p").route(Route.from(a).to(b));
        RelayPlan plan = builder.plan();

        builder.name("q").route(Route.from(b).to(a));
        RelayPlan more = plan.toBuilder().route(Route.from(local).to(a)).plan();
        plan.toBuilder().name("z");

        assertThat(plan.name()).isEqualTo("p");
        assertThat(plan.routes()).hasSize(1);
        assertThat(more.name()).isEqualTo("p");
        assertThat(more.routes()).hasSize(2);
    }

    @Test
    void equalEndpointsOfOthersAreOne() {
        record Value(String name, Endpoint like) implements Endpoint {
            @Override
            public Marshaller marshaller() {
                return like.marshaller();
            }

            @Override
            public boolean canWait() {
                return like.canWait();
            }

            @Override
            public java.util.concurrent.CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
                return like.open(inbox, context);
            }
        }

        RelayPlan plan = Relay.builder()
                .route(Route.from(new Value("v", a)).to(b), Route.from(b).to(new Value("v", a)))
                .plan();

        assertThat(plan.endpoints()).hasSize(2);
    }

    @Test
    void drawingsShowEachEndpointAndRoute() {
        RelayPlan plan = Relay.builder()
                .name("p")
                .route(
                        Route.from(a).to(b, local),
                        Route.from(local).filter(message -> true).to(Router.byHeader("to"), a))
                .plan();

        assertThat(plan.toMermaid()).isEqualTo("""
                        flowchart LR
                            e0["a"]
                            e1["b"]
                            e2["local"]
                            e0 --> e1
                            e0 --> e2
                            e2 -->|"filter, routed"| e0
                        """);
        assertThat(plan.toDot()).isEqualTo("""
                        digraph "p" {
                            rankdir=LR;
                            "a";
                            "b";
                            "local";
                            "a" -> "b";
                            "a" -> "local";
                            "local" -> "a" [label="filter, routed"];
                        }
                        """);
    }
}
