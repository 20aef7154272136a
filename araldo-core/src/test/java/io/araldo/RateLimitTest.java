package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ThreadLeakExtension.class)
class RateLimitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HALF = Duration.ofMillis(500);

    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final ManualTime time = new ManualTime();
    private final TestEndpoint in = TestEndpoint.thatCanWait("in");
    private final TestEndpoint out = TestEndpoint.named("out");
    private Relay relay;

    private void start(RouteBuilder route) {
        relay = relays.start(lanes, time, route.name("route").to(out));
    }

    private void receive(String... texts) {
        Arrays.stream(texts).forEach(in::receive);
        lanes.runAll();
    }

    private void advance(Duration by) {
        time.advance(by);
        lanes.runAll();
    }

    private Ledger.RouteCount count() {
        return relay.ledger().route("route");
    }

    @Test
    void noMoreThanThePermitsPassWithinTheSpan() {
        start(Route.from(in).rateLimit(2, SECOND));

        receive("1", "2", "3", "4", "5");
        assertThat(out.sentTexts()).containsExactly("1", "2");
        advance(SECOND.minusNanos(1));
        assertThat(out.sentTexts()).containsExactly("1", "2");
        advance(Duration.ofNanos(1));
        assertThat(out.sentTexts()).containsExactly("1", "2", "3", "4");
        advance(SECOND);
        assertThat(out.sentTexts()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void spanIsCountedFromEachMessage() {
        start(Route.from(in).rateLimit(2, SECOND));
        receive("1");
        advance(HALF);
        receive("2", "3", "4");
        assertThat(out.sentTexts()).containsExactly("1", "2");

        advance(HALF);
        assertThat(out.sentTexts()).containsExactly("1", "2", "3");
        advance(HALF);
        assertThat(out.sentTexts()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void whatWaitsIsCountedAsWaiting() {
        relays.expectWarnings();
        start(Route.from(in).rateLimit(1, SECOND));

        receive("1", "2", "3");

        assertThat(count().routed()).isEqualTo(1);
        assertThat(count().waiting()).isEqualTo(2);
        relay.ledger().assertConserved();
    }

    @Test
    void routeThatWaitsAsksForNoThreadUntilItMayGoOn() {
        relays.expectWarnings();
        start(Route.from(in).rateLimit(1, SECOND));
        receive("1", "2");

        in.receive("3");

        assertThat(lanes.waiting()).isZero();
        assertThat(time.waiting()).isEqualTo(1);
        time.advance(SECOND);
        assertThat(lanes.waiting()).isEqualTo(1);
    }

    @Test
    void fullQueueDropsWhatComesMeanwhile() {
        relays.expectWarnings();
        start(Route.from(in).queue(3, Overflow.DROP_OLDEST).rateLimit(1, SECOND));

        receive("1");
        receive("2", "3", "4", "5", "6");
        advance(SECOND);
        advance(SECOND);
        advance(SECOND);

        assertThat(out.sentTexts()).containsExactly("1", "4", "5", "6").doesNotContain("2", "3");
        assertThat(count().dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 2L));
    }

    @Test
    void fullQueueHoldsTheSourceBack() {
        start(Route.from(in).queue(2, Overflow.BLOCK).rateLimit(1, SECOND));
        receive("1");
        in.receive("2");

        TestLink.Received third = in.receive("3");
        lanes.runAll();

        assertThat(third.ready()).isNotDone();
        advance(SECOND);
        assertThat(third.ready()).isDone();
        advance(SECOND);
        assertThat(third.now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void eachPartOfASplitNeedsAPermit() {
        start(Route.from(in)
                .split(message -> Arrays.stream(message.payload().text().split(" "))
                        .map(Message::text)
                        .toList())
                .rateLimit(1, SECOND));

        receive("a b", "c d");
        assertThat(out.sentTexts()).containsExactly("a");
        relay.ledger().assertConserved();
        advance(SECOND);
        advance(SECOND);
        advance(SECOND);

        assertThat(out.sentTexts()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void whatWaitsWhenTheRelayClosesIsDropped() {
        relays.expectWarnings();
        start(Route.from(in).rateLimit(1, SECOND));
        receive("1");
        TestLink.Received second = in.receive("2");
        lanes.runAll();

        relay.close();

        assertThat(second.now()).isEqualTo(Outcome.dropped(DropReason.CLOSED));
        assertThat(count().waiting()).isZero();
    }

    @Test
    void relaysOwnTimerWakesTheRoute() {
        relays.start(Route.from(in).rateLimit(1, Duration.ofMillis(20)).to(out));

        in.receive("1");
        in.receive("2");
        in.receive("3");

        until(() -> out.sentTexts().size() == 3);
        assertThat(out.sentTexts()).containsExactly("1", "2", "3");
    }

    @Test
    void wrongArgumentsAreRefused() {
        RouteBuilder route = Route.from(in);
        assertThatThrownBy(() -> route.rateLimit(0, SECOND)).hasMessage("permits: 0 (expected: > 0)");
        assertThatThrownBy(() -> route.rateLimit(1, Duration.ofNanos(-1)))
                .hasMessage("per: PT-0.000000001S (expected: > 0)");
    }
}
