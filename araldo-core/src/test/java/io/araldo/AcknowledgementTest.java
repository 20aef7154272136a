package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a source is told. */
@ExtendWith(ThreadLeakExtension.class)
class AcknowledgementTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint a = TestEndpoint.named("a").thatHolds();
    private final TestEndpoint b = TestEndpoint.named("b").thatHolds();
    private final Outcome failed = Outcome.failed(new IllegalStateException("boom"));

    @Test
    void sourceIsToldOnceEveryTargetHasAnswered() {
        relays.start(Route.from(source).to(a, b));
        TestLink.Received received = source.receive("1");

        a.link().acknowledge(0, Outcome.delivered());
        assertThat(received.outcome()).isNotDone();
        b.link().acknowledge(0, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(received.answers()).hasValue(1);
    }

    @Test
    void worstOutcomeOfSeveralTargetsCounts() {
        relays.expectWarnings();
        relays.start(Route.from(source).to(a, b));
        TestLink.Received first = source.receive("1");
        TestLink.Received second = source.receive("2");

        a.link().acknowledge(0, failed);
        b.link().acknowledge(0, Outcome.delivered());
        b.link().acknowledge(1, Outcome.dropped(DropReason.TOO_LARGE));
        a.link().acknowledge(1, Outcome.unknown());

        assertThat(first.now()).isEqualTo(failed);
        assertThat(second.now()).isEqualTo(Outcome.unknown());
    }

    @Test
    void sourceIsToldOnceEveryRouteHasSettled() {
        relays.start(Route.from(source).to(a), Route.from(source).to(b));
        TestLink.Received received = source.receive("1");

        b.link().acknowledge(0, Outcome.delivered());
        assertThat(received.outcome()).isNotDone();
        a.link().acknowledge(0, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(received.answers()).hasValue(1);
    }

    @Test
    void worstOutcomeOfSeveralRoutesCounts() {
        relays.expectWarnings();
        relays.start(Route.from(source).to(a), Route.from(source).to(b));
        TestLink.Received first = source.receive("1");
        TestLink.Received second = source.receive("2");

        a.link().acknowledge(0, Outcome.dropped(DropReason.TOO_LARGE));
        b.link().acknowledge(0, Outcome.delivered());
        b.link().acknowledge(1, failed);
        a.link().acknowledge(1, Outcome.delivered());

        assertThat(first.now()).isEqualTo(Outcome.dropped(DropReason.TOO_LARGE));
        assertThat(second.now()).isEqualTo(failed);
    }

    @Test
    void filteredByOneRouteAndDeliveredByAnotherIsDelivered() {
        SteppedExecutor lanes = new SteppedExecutor();
        relays.start(
                lanes,
                Route.from(source).filter(message -> false).to(a),
                Route.from(source).to(b));

        TestLink.Received received = source.receive("1");
        lanes.runAll();
        assertThat(received.outcome()).isNotDone();
        b.link().acknowledge(0, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void filteredByAllRoutesIsFiltered() {
        SteppedExecutor lanes = new SteppedExecutor();
        relays.start(
                lanes,
                Route.from(source).filter(message -> false).to(a),
                Route.from(source).filter(message -> false).to(b));

        TestLink.Received received = source.receive("1");
        lanes.runAll();

        assertThat(received.now()).isEqualTo(Outcome.filtered());
        assertThat(received.answers()).hasValue(1);
    }

    @Test
    void whatOneRouteDropsAndAnotherDeliversIsDropped() {
        relays.expectWarnings();
        SteppedExecutor lanes = new SteppedExecutor();
        relays.start(
                lanes,
                Route.from(source)
                        .filter(message -> true)
                        .queue(1, Overflow.DROP_NEWEST)
                        .to(a),
                Route.from(source).to(b));
        source.receive("1");

        TestLink.Received second = source.receive("2");
        b.link().acknowledge(1, Outcome.delivered());

        assertThat(second.now()).isEqualTo(Outcome.dropped(DropReason.OVERFLOW));
        b.link().acknowledge(0, Outcome.delivered());
        lanes.runAll();
    }

    @Test
    void acknowledgementThatThrowsDoesNotEndTheLane() {
        SteppedExecutor lanes = new SteppedExecutor();
        relays.start(lanes, Route.from(source).filter(message -> false).to(a));
        source.link().inbox.received(Message.text("1"), outcome -> {
            throw new IllegalStateException("boom");
        });
        lanes.runAll();

        TestLink.Received second = source.receive("2");
        lanes.runAll();

        assertThat(second.now()).isEqualTo(Outcome.filtered());
        relays.awaitWarning("an acknowledgement of 'source' threw java.lang.IllegalStateException: boom, at");
    }
}
