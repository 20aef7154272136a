package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Targets that answer late, twice, wrongly, or not at all. */
@ExtendWith(ThreadLeakExtension.class)
class TimeoutTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint target = TestEndpoint.named("target").thatHolds();
    private Relay relay;

    private void start(RouteBuilder route) {
        relay = relays.start(route.name("route").to(target));
    }

    private Ledger.LegCount leg() {
        return relay.ledger().leg("route", "target");
    }

    @Test
    void unansweredSendIsUnknownAfterTheTimeOut() {
        start(Route.from(source).timeout(Duration.ofMillis(50)));

        TestLink.Received received = source.receive("1");

        assertThat(leg().inFlight()).isEqualTo(1);
        until(received.outcome()::isDone);
        assertThat(received.now()).isEqualTo(Outcome.unknown());
        assertThat(leg().unknown()).isEqualTo(1);
        assertThat(leg().inFlight()).isZero();
    }

    @Test
    void sendIsNotGivenUpBeforeTheTimeOut() {
        TestEndpoint quick = TestEndpoint.named("quick").thatHolds();
        relay = relays.start(
                Route.from(source).name("route").timeout(Duration.ofHours(1)).to(target),
                Route.from(source).timeout(Duration.ofMillis(50)).to(quick));

        source.receive("1");

        until(() -> relay.ledger().leg("source->quick", "quick").unknown() == 1);
        assertThat(leg().unknown()).isZero();
        assertThat(leg().inFlight()).isEqualTo(1);
        target.link().acknowledge(0, Outcome.delivered());
    }

    @Test
    void lateAnswerIsIgnored() {
        start(Route.from(source).timeout(Duration.ofMillis(50)));
        TestLink.Received received = source.receive("1");
        until(received.outcome()::isDone);

        target.link().acknowledge(0, Outcome.delivered());

        assertThat(received.answers()).hasValue(1);
        assertThat(leg().delivered()).isZero();
        assertThat(leg().unknown()).isEqualTo(1);
    }

    @Test
    void secondAnswerIsIgnored() {
        start(Route.from(source));
        TestLink.Received received = source.receive("1");

        target.link().acknowledge(0, Outcome.delivered());
        target.link().acknowledge(0, Outcome.failed(new IllegalStateException("second")));

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(received.answers()).hasValue(1);
        assertThat(leg().delivered()).isEqualTo(1);
        assertThat(leg().failed()).isZero();
    }

    @Test
    void timeOutMakesRoom() {
        start(Route.from(source).queue(1, Overflow.DROP_NEWEST).timeout(Duration.ofMillis(50)));
        TestLink.Received first = source.receive("1");
        until(first.outcome()::isDone);

        TestLink.Received second = source.receive("2");

        assertThat(target.sentTexts()).containsExactly("1", "2");
        target.link().acknowledge(1, Outcome.delivered());
        assertThat(second.now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void answersMayComeInAnyOrder() {
        start(Route.from(source));
        TestLink.Received first = source.receive("1");
        TestLink.Received second = source.receive("2");
        TestLink.Received third = source.receive("3");

        target.link().acknowledge(1, Outcome.unknown());
        target.link().acknowledge(2, Outcome.dropped(DropReason.TOO_LARGE));

        assertThat(leg().inFlight()).isEqualTo(1);
        target.link().acknowledge(0, Outcome.delivered());
        assertThat(first.now()).isEqualTo(Outcome.delivered());
        assertThat(second.now()).isEqualTo(Outcome.unknown());
        assertThat(third.now()).isEqualTo(Outcome.dropped(DropReason.TOO_LARGE));
        assertThat(leg().inFlight()).isZero();
        relays.expectWarnings();
    }

    @Test
    void answerThatIsNotATargetsToGiveIsAFailure() {
        start(Route.from(source));
        source.receive("1");

        target.link().acknowledge(0, Outcome.filtered());

        assertThat(leg().failed()).isEqualTo(1);
        assertThat(relays.warnings())
                .singleElement()
                .asString()
                .contains("link of 'target' answered FILTERED (expected: DELIVERED, DROPPED, FAILED or UNKNOWN)");
    }

    @Test
    void whatIsUnansweredWhenTheRelayClosesIsUnknown() {
        start(Route.from(source));
        TestLink.Received received = source.receive("1");

        relay.close();

        assertThat(received.now()).isEqualTo(Outcome.unknown());
        assertThat(leg().unknown()).isEqualTo(1);
    }

    @Test
    void whatABatchSendsAfterTheCloseIsUnknownAtOnce() {
        SteppedExecutor lanes = new SteppedExecutor();
        relay = relays.start(
                lanes, Route.from(source).name("route").filter(message -> true).to(target));
        target.link().onSend(() -> {
            if (target.link().sent.size() == 1) {
                relay.close();
                until(() -> relay.awaitTermination(Duration.ZERO));
            }
        });
        TestLink.Received received = source.receive("1");

        lanes.runAll();

        assertThat(received.now()).isEqualTo(Outcome.unknown());
        assertThat(leg().unknown()).isEqualTo(1);
        assertThat(leg().inFlight()).isZero();
    }

    @Test
    void timeOutForEverIsRefused() {
        assertThatThrownBy(() -> Route.from(source).timeout(ChronoUnit.FOREVER.getDuration()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout: PT2562047788015215H30M7.999999999S (expected: at most 100 years)");
    }
}
