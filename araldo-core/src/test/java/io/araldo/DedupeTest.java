package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ThreadLeakExtension.class)
class DedupeTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final ManualTime time = new ManualTime();
    private final TestEndpoint in = TestEndpoint.named("in");
    private final TestEndpoint out = TestEndpoint.named("out");

    private Route route(int capacity) {
        return Route.from(in)
                .name("route")
                .dedupe(message -> message.header("key").orElse(null), WINDOW, capacity)
                .to(out);
    }

    private TestLink.Received receive(String key) {
        TestLink.Received received = in.link().receive(Message.text(key).withHeader("key", key));
        lanes.runAll();
        return received;
    }

    @Test
    void repeatWithinTheWindowIsFiltered() {
        Relay relay = relays.start(lanes, time, route(100));

        assertThat(receive("a").now()).isEqualTo(Outcome.delivered());
        time.advance(WINDOW.minusMillis(1));
        assertThat(receive("a").now()).isEqualTo(Outcome.filtered());
        assertThat(receive("b").now()).isEqualTo(Outcome.delivered());

        assertThat(relay.ledger().route("route").filtered()).isEqualTo(1);
        assertThat(out.sentTexts()).containsExactly("a", "b");
    }

    @Test
    void repeatAfterTheWindowPassesAndOpensAnother() {
        relays.start(lanes, time, route(100));
        receive("a");

        time.advance(WINDOW);
        assertThat(receive("a").now()).isEqualTo(Outcome.delivered());
        time.advance(WINDOW.dividedBy(2));
        assertThat(receive("a").now()).isEqualTo(Outcome.filtered());
    }

    @Test
    void repeatDoesNotProlongTheWindow() {
        relays.start(lanes, time, route(100));
        receive("a");
        time.advance(WINDOW.minusMillis(1));
        receive("a");

        time.advance(Duration.ofMillis(1));

        assertThat(receive("a").now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void beyondItsCapacityItForgetsTheKeyThatCameLeastRecently() {
        relays.start(lanes, time, route(2));
        receive("a");
        receive("b");
        receive("a");

        receive("c");

        assertThat(receive("a").now()).isEqualTo(Outcome.filtered());
        assertThat(receive("b").now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void clockThatIsSetBackDoesNotFilterForLonger() {
        relays.start(lanes, time, route(2));
        time.advance(Duration.ofHours(1));
        receive("a");

        time.advance(Duration.ofMinutes(-30));

        assertThat(receive("a").now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void missingKeyIsAFailure() {
        relays.expectWarnings();
        relays.start(lanes, time, route(2));

        TestLink.Received received = in.receive("no key");
        lanes.runAll();

        assertThat(received.now().cause()).hasMessage("dedupe: the key is null (expected: a text)");
    }

    @Test
    void eachRunOfAPlanRemembersForItself() {
        RelayPlan plan =
                relays.builder(route(2)).executor(lanes).timer(time).clock(time).plan();
        try (Relay first = relays.start(plan.toBuilder())) {
            receive("a");
            assertThat(first.ledger().route("route").routed()).isEqualTo(1);
        }

        relays.start(plan.toBuilder());

        assertThat(receive("a").now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void wrongArgumentsAreRefused() {
        RouteBuilder route = Route.from(in);
        assertThatThrownBy(() -> route.dedupe(null, WINDOW, 1)).hasMessage("key: null (expected: a value)");
        assertThatThrownBy(() -> route.dedupe(Message::id, Duration.ZERO, 1))
                .hasMessage("window: PT0S (expected: > 0)");
        assertThatThrownBy(() -> route.dedupe(Message::id, WINDOW, 0)).hasMessage("capacity: 0 (expected: > 0)");
    }
}
