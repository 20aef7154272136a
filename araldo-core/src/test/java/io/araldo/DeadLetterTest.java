package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of messages that failed for good. */
@ExtendWith(ThreadLeakExtension.class)
class DeadLetterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Outcome FAILED = Outcome.failed(new IllegalStateException("full"));
    private static final Ledger.LegCount ONE_DELIVERED = new Ledger.LegCount(1, 1, 0, 0, Map.of(), 0);
    private static final Ledger.LegCount ONE_FAILED = new Ledger.LegCount(1, 0, 1, 0, Map.of(), 0);

    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final ManualTime time = new ManualTime();
    private final TestEndpoint in = TestEndpoint.named("in");
    private final TestEndpoint out = TestEndpoint.named("out");
    private final TestEndpoint dead = TestEndpoint.named("dead");
    private Relay relay;

    @BeforeEach
    void failuresAreWanted() {
        relays.expectWarnings();
    }

    private void start(Route route) {
        relay = relays.start(lanes, time, route);
    }

    private RouteBuilder route() {
        return Route.from(in).name("route").deadLetter(dead);
    }

    private TestLink.Received receive(String text) {
        TestLink.Received received = in.receive(text);
        lanes.runAll();
        return received;
    }

    private Message letter() {
        return dead.link().sent.get(0).message();
    }

    private Ledger.LegCount leg(String target) {
        return relay.ledger().leg("route", target);
    }

    @Test
    void whatATargetFailsGoesToTheDeadLetters() {
        start(route().map(message -> message.withHeader("mapped", "yes")).to(out));
        out.link().answer(FAILED);

        TestLink.Received received = receive("1");

        assertThat(received.now()).isEqualTo(Outcome.deadLettered());
        assertThat(dead.sentTexts()).containsExactly("1");
        assertThat(leg("out")).isEqualTo(ONE_FAILED);
        assertThat(leg("dead")).isEqualTo(ONE_DELIVERED);
        assertThat(relay.ledger().route("route").routed()).isEqualTo(1);
        assertThat(letter().header("mapped")).contains("yes");
        relay.ledger().assertConserved();
    }

    @Test
    void headersSayWhatWhereWhenAndHowOften() {
        start(route().retry(2, Backoff.fullJitter(SECOND, SECOND)).to(out));
        out.link().answer(FAILED);
        receive("1");
        assertThat(dead.sentTexts()).isEmpty();

        time.advance(SECOND);
        lanes.runAll();

        assertThat(letter().header(Message.DEAD_LETTER_CAUSE).orElseThrow())
                .startsWith("java.lang.IllegalStateException: full, at ");
        assertThat(letter().headers())
                .containsEntry("dead-letter-attempts", "2")
                .containsEntry("dead-letter-route", "route")
                .containsEntry("dead-letter-time", "1970-01-01T00:00:01Z")
                .hasSize(4);
    }

    @Test
    void longCauseIsCut() {
        start(route().to(out));
        out.link().answer(Outcome.failed(new AraldoException("x".repeat(5_000))));

        receive("1");

        assertThat(letter().header(Message.DEAD_LETTER_CAUSE)).contains("x".repeat(1_000));
    }

    @Test
    void whatAStepThrowsAtGoesToTheDeadLettersAsItWasThen() {
        StackOverflowError boom = new StackOverflowError("boom");
        start(route().map(message -> message.withPayload(Payload.text("2")))
                .filter(message -> {
                    throw boom;
                })
                .to(out));

        TestLink.Received received = receive("1");

        assertThat(received.now()).isEqualTo(Outcome.deadLettered());
        assertThat(dead.sentTexts()).containsExactly("2");
        assertThat(letter().header(Message.DEAD_LETTER_ATTEMPTS)).contains("1");
        assertThat(relay.ledger().route("route").failed()).isEqualTo(1);
        assertThat(relay.ledger().route("route").routed()).isZero();
        assertThat(leg("dead")).isEqualTo(ONE_DELIVERED);
    }

    @Test
    void targetThatIsNotOpenIsAFailure() {
        start(route().to(out));
        out.link().answer(Outcome.dropped(DropReason.NOT_WRITABLE));

        assertThat(receive("1").now()).isEqualTo(Outcome.deadLettered());

        assertThat(leg("out")).isEqualTo(ONE_FAILED);
        assertThat(letter().header(Message.DEAD_LETTER_CAUSE)).contains("endpoint 'out' is not open");
    }

    @Test
    void unknownIsNoDeadLetterUnlessItIsAFailure() {
        start(route().to(out));
        out.link().answer(Outcome.unknown());

        assertThat(receive("1").now()).isEqualTo(Outcome.unknown());

        assertThat(dead.sentTexts()).isEmpty();
        assertThat(leg("out").unknown()).isEqualTo(1);
    }

    @Test
    void unknownThatIsAFailureGoesToTheDeadLettersInTheEnd() {
        start(route().retry(2, Backoff.fullJitter(SECOND, SECOND))
                .retryUnknown()
                .to(out));
        out.link().answer(Outcome.unknown());
        TestLink.Received received = receive("1");

        time.advance(SECOND);
        lanes.runAll();

        assertThat(received.now()).isEqualTo(Outcome.deadLettered());
        assertThat(leg("out")).isEqualTo(ONE_FAILED);
        assertThat(letter().header(Message.DEAD_LETTER_CAUSE)).contains("endpoint 'out' did not answer");
    }

    @Test
    void sourceIsToldFailedIfTheDeadLetterIsNotTaken() {
        start(route().to(out));
        out.link().answer(FAILED);
        dead.link().answer(Outcome.dropped(DropReason.NOT_WRITABLE));

        assertThat(receive("1").now()).isEqualTo(FAILED);

        assertThat(leg("dead").dropped()).isEqualTo(Map.of(DropReason.NOT_WRITABLE, 1L));
        relay.ledger().assertConserved();
    }

    @Test
    void deadLetterTakesUpRoomUntilItIsAnswered() {
        dead.thatHolds();
        start(route().queue(1, Overflow.DROP_NEWEST).to(out));
        out.link().answer(FAILED);
        TestLink.Received first = receive("1");

        TestLink.Received second = receive("2");

        assertThat(second.now()).isEqualTo(Outcome.dropped(DropReason.OVERFLOW));
        assertThat(first.now()).isNull();
        assertThat(leg("dead").inFlight()).isEqualTo(1);
        dead.link().acknowledge(0, Outcome.delivered());
        assertThat(first.now()).isEqualTo(Outcome.deadLettered());
    }

    @Test
    void eachTargetThatFailsMakesADeadLetter() {
        TestEndpoint other = TestEndpoint.named("other");
        start(route().queue(1, Overflow.DROP_NEWEST).to(out, other));
        out.link().answer(FAILED);
        other.link().answer(FAILED);

        dead.thatHolds();

        TestLink.Received received = receive("1");
        assertThat(leg("dead").inFlight()).isEqualTo(2);
        dead.link().acknowledge(0, Outcome.delivered());
        lanes.runAll();
        dead.link().acknowledge(1, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.deadLettered());
        assertThat(leg("dead").delivered()).isEqualTo(2);
    }

    @Test
    void handlerOfDeadLettersRunsOnALane() {
        CompletableFuture<String> thread = new CompletableFuture<>();
        LocalEndpoint handling = LocalEndpoint.create("handling");
        handling.onMessage(message -> thread.complete(Thread.currentThread().getName()));
        out.thatHolds();
        relay = relays.start(Route.from(in).name("route").deadLetter(handling).to(out));
        TestLink.Received received = in.receive("1");

        out.link().acknowledge(0, FAILED);

        assertThat(Waiting.result(thread)).startsWith("araldo-r-lane-");
        until(() -> received.now() != null);
        assertThat(received.now()).isEqualTo(Outcome.deadLettered());
    }

    @Test
    void nothingIsHandedOverOnceTheRelayIsClosed() {
        out.thatHolds();
        start(route().to(out));
        out.link().onClose(() -> out.link().acknowledge(0, Outcome.dropped(DropReason.NOT_WRITABLE)));
        TestLink.Received received = receive("1");
        relay.close();

        assertThat(received.now()).isEqualTo(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(leg("out").failed()).isZero();
        assertThat(dead.sentTexts()).isEmpty();
    }

    @Test
    void deadLetterIsDrawnAndInThePlan() {
        RelayPlan plan = Relay.builder()
                .name("p")
                .route(route().retry(2, Backoff.standard()).to(out))
                .plan();

        assertThat(plan.endpoints()).containsExactly(in, out, dead);
        assertThat(plan.toMermaid()).contains("    e0 -->|\"retry\"| e1\n    e0 -.->|\"dead letter\"| e2\n");
        assertThat(plan.toDot()).contains("    \"in\" -> \"dead\" [label=\"dead letter\", style=dashed];\n");
    }

    @Test
    void targetThatGetsTheDeadLettersTooIsRefused() {
        assertThatThrownBy(() -> route().to(out, dead))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("deadLetter: 'dead' is a target of the route, too (expected: an endpoint that is not)");
    }
}
