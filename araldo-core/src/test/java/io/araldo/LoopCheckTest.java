package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Routes that feed themselves are found before the start, and nothing else is. */
class LoopCheckTest {
    private final TestEndpoint a = TestEndpoint.named("a").on("redis://h/x");
    private final TestEndpoint b = TestEndpoint.named("b").on("redis://h/y");
    private final TestEndpoint c = TestEndpoint.named("c").on("redis://h/z");
    private final TestEndpoint browsers = TestEndpoint.named("browsers");

    private static List<String> problems(Route... routes) {
        PlanException refused = catchThrowableOfType(
                PlanException.class, () -> Relay.builder().route(routes).plan());
        return refused == null
                ? List.of()
                : refused.problems().stream().map(PlanException.Problem::text).toList();
    }

    private static TestEndpoint enveloped(String name, String resource) {
        return TestEndpoint.with(name, Marshaller.json()).on(resource);
    }

    @Test
    void twoRoutesBetweenTwoRawChannels() {
        assertThat(problems(Route.from(a).to(b), Route.from(b).to(a)))
                .containsExactly("routes a->b, b->a feed themselves: redis://h/x -> redis://h/y -> redis://h/x;"
                        + " use separate channels, an enveloping marshaller on both, or allowLoop(hops)");
    }

    @Test
    void routeFromAChannelToItself() {
        assertThat(problems(Route.from(a).to(a)))
                .containsExactly("route a->a feeds itself: redis://h/x -> redis://h/x;"
                        + " use separate channels, an enveloping marshaller on it, or allowLoop(hops)");
    }

    @Test
    void twoEndpointsOnOneChannel() {
        TestEndpoint other = TestEndpoint.named("other").on("redis://h/x");
        assertThat(problems(Route.from(a).to(other)))
                .containsExactly("route a->other feeds itself: redis://h/x -> redis://h/x;"
                        + " use separate channels, an enveloping marshaller on it, or allowLoop(hops)");
    }

    @Test
    void circleOfThree() {
        assertThat(problems(
                        Route.from(browsers).to(a),
                        Route.from(a).to(b),
                        Route.from(b).to(c, browsers),
                        Route.from(c).to(a)))
                .containsExactly("routes a->b, b->c,browsers, c->a feed themselves:"
                        + " redis://h/x -> redis://h/y -> redis://h/z -> redis://h/x;"
                        + " use separate channels, an enveloping marshaller on all, or allowLoop(hops)");
    }

    @Test
    void twoCirclesAreToldApart() {
        TestEndpoint d = TestEndpoint.named("d").on("redis://h/d");
        assertThat(problems(
                        Route.from(a).to(a),
                        Route.from(b).to(c),
                        Route.from(c).to(b),
                        Route.from(a).to(d)))
                .hasSize(2);
    }

    @Test
    void oneRawChannelAmongEnvelopesIsEnough() {
        TestEndpoint y = enveloped("y", "redis://h/y");
        assertThat(problems(Route.from(a).to(y), Route.from(y).to(a))).hasSize(1);
    }

    @Test
    void envelopesOnAllChannelsAreLeftToTheGuard() {
        TestEndpoint x = enveloped("x", "redis://h/x");
        TestEndpoint y = enveloped("y", "redis://h/y");
        assertThat(problems(Route.from(x).to(y), Route.from(y).to(x))).isEmpty();
    }

    @Test
    void copiesAndDeadLettersAreOnTheWayToo() {
        assertThat(problems(Route.from(a).tap(a).to(browsers))).hasSize(1);
        assertThat(problems(
                        Route.from(a).deadLetter(b).to(browsers), Route.from(b).to(a)))
                .hasSize(1);
    }

    @Test
    void loopIsAllowedWhereOneOfItsRoutesSaysSo() {
        assertThat(problems(Route.from(a).to(b), Route.from(b).allowLoop(3).to(a)))
                .isEmpty();
    }

    @Test
    void chatIsNoLoop() {
        assertThat(problems(Route.from(browsers).to(browsers, a), Route.from(a).to(browsers)))
                .isEmpty();
    }

    @Test
    void diamondIsNoLoop() {
        TestEndpoint d = TestEndpoint.named("d").on("redis://h/d");
        assertThat(problems(
                        Route.from(a).to(b, c),
                        Route.from(b).to(d),
                        Route.from(c).to(d)))
                .isEmpty();
    }

    @Test
    void chainIsNoLoop() {
        assertThat(problems(
                        Route.from(a).to(b), Route.from(b).to(c), Route.from(c).to(browsers)))
                .isEmpty();
    }

    @Test
    void theCircleIsToldAsAValue() {
        Route there = Route.from(a).to(b);
        Route back = Route.from(b).to(a);
        PlanException refused = catchThrowableOfType(
                PlanException.class,
                () -> Relay.builder().route(there, Route.from(a).to(c), back).plan());

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.routes()).containsExactly(there, back);
            assertThat(problem.circle()).containsExactly("redis://h/x", "redis://h/y", "redis://h/x");
            assertThat(problem.found())
                    .isEqualTo("routes a->b, b->a feed themselves: redis://h/x -> redis://h/y -> redis://h/x");
        });
    }
}
