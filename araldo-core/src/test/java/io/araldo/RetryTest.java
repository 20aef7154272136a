package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What fails and is tried again. */
@ExtendWith(ThreadLeakExtension.class)
class RetryTest {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Backoff BACKOFF = Backoff.fullJitter(LONGEST, LONGEST);
    private static final Outcome FAILED = Outcome.failed(new IllegalStateException("full"));

    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final ManualTime time = new ManualTime();
    private final TestEndpoint in = TestEndpoint.named("in");
    private final TestEndpoint out = TestEndpoint.named("out").thatHolds();
    private final TestEndpoint other = TestEndpoint.named("other").thatHolds();
    private Relay relay;

    private void start(Route route) {
        relay = relays.start(lanes, time, route);
    }

    private RouteBuilder route() {
        return Route.from(in).name("route").retry(3, BACKOFF);
    }

    private TestLink.Received receive(String text) {
        TestLink.Received received = in.receive(text);
        lanes.runAll();
        return received;
    }

    private void answer(TestEndpoint endpoint, int index, Outcome outcome) {
        endpoint.link().acknowledge(index, outcome);
        lanes.runAll();
    }

    private void backOff() {
        time.advance(LONGEST);
        lanes.runAll();
    }

    private Ledger.LegCount leg() {
        return relay.ledger().leg("route", "out");
    }

    @Test
    void failedSendIsTriedAgainAfterTheBackoff() {
        start(route().to(out));
        TestLink.Received received = receive("1");

        answer(out, 0, FAILED);
        assertThat(out.sentTexts()).containsExactly("1");
        assertThat(leg()).isEqualTo(new Ledger.LegCount(1, 0, 0, 0, Map.of(), 1));
        backOff();
        assertThat(out.sentTexts()).containsExactly("1", "1");
        assertThat(leg()).isEqualTo(new Ledger.LegCount(1, 0, 0, 0, Map.of(), 1));
        answer(out, 1, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(leg()).isEqualTo(new Ledger.LegCount(1, 1, 0, 0, Map.of(), 0));
    }

    @Test
    void whatFailsEachTimeIsCountedAndReportedOnce() {
        start(route().to(out));
        TestLink.Received received = receive("1");

        for (int i = 0; i < 3; i++) {
            assertThat(received.now()).isNull();
            answer(out, i, FAILED);
            backOff();
        }

        assertThat(received.now()).isEqualTo(FAILED);
        assertThat(out.sentTexts()).hasSize(3);
        assertThat(leg()).isEqualTo(new Ledger.LegCount(1, 0, 1, 0, Map.of(), 0));
        assertThat(relays.warnings()).singleElement().asString().contains("a message failed", "full");
    }

    @Test
    void nextMessageWaitsUntilTheOneBeforeHasEnded() {
        start(route().to(out));
        receive("1");
        receive("2");
        receive("3");

        assertThat(out.sentTexts()).containsExactly("1");
        assertThat(relay.ledger().route("route").waiting()).isEqualTo(2);
        relay.ledger().assertConserved();
        answer(out, 0, FAILED);
        backOff();
        assertThat(out.sentTexts()).containsExactly("1", "1");
        answer(out, 1, Outcome.delivered());
        assertThat(out.sentTexts()).containsExactly("1", "1", "2");
        answer(out, 2, Outcome.delivered());
        answer(out, 3, Outcome.delivered());

        assertThat(out.sentTexts()).containsExactly("1", "1", "2", "3");
        assertThat(leg().delivered()).isEqualTo(3);
    }

    @Test
    void messageForAnotherTargetDoesNotWait() {
        start(route().to(Router.byHeader("to"), out, other));

        in.link().receive(Message.text("1").withHeader("to", "out"));
        in.link().receive(Message.text("2").withHeader("to", "other"));
        assertThat(lanes.runAll()).as("runs of the lane").isEqualTo(1);

        assertThat(out.sentTexts()).containsExactly("1");
        assertThat(other.sentTexts()).containsExactly("2");
        answer(out, 0, Outcome.delivered());
        answer(other, 0, Outcome.delivered());
    }

    @Test
    void onlyTheTargetThatFailedGetsTheMessageAgain() {
        start(route().to(out, other));
        TestLink.Received received = receive("1");
        receive("2");

        answer(other, 0, Outcome.delivered());
        answer(out, 0, FAILED);
        backOff();
        assertThat(other.sentTexts()).containsExactly("1");
        answer(out, 1, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(out.sentTexts()).containsExactly("1", "1", "2");
        assertThat(other.sentTexts()).containsExactly("1", "2");
    }

    @Test
    void targetWhoseLinkIsNotOpenIsTriedAgain() {
        relays.expectWarnings();
        CompletableFuture<Void> again = new CompletableFuture<>();
        out.opening(TestEndpoint.Opening.atOnce(), TestEndpoint.when(again));
        relay = relays.start(relays.builder(route().to(out))
                .executor(lanes)
                .timer(time)
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1))));
        out.link().lose("gone");
        TestLink.Received received = receive("1");
        assertThat(leg()).isEqualTo(new Ledger.LegCount(1, 0, 0, 0, Map.of(), 1));

        again.complete(null);
        until(() -> relay.health().get("out").status() == Health.Status.UP);
        backOff();
        answer(out, 0, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(leg().dropped()).isEmpty();
    }

    @Test
    void whatIsDroppedForAnotherReasonIsNotTriedAgain() {
        relays.expectWarnings();
        start(route().to(out));
        TestLink.Received received = receive("1");

        answer(out, 0, Outcome.dropped(DropReason.TOO_LARGE));

        assertThat(received.now()).isEqualTo(Outcome.dropped(DropReason.TOO_LARGE));
        assertThat(time.waiting()).isZero();
    }

    @Test
    void unknownIsNotTriedAgain() {
        start(route().to(out));
        TestLink.Received received = receive("1");

        answer(out, 0, Outcome.unknown());
        backOff();

        assertThat(received.now()).isEqualTo(Outcome.unknown());
        assertThat(out.sentTexts()).hasSize(1);
        assertThat(leg().unknown()).isEqualTo(1);
    }

    @Test
    void unknownIsTriedAgainIfTheRouteSaysSo() {
        start(route().retryUnknown().to(out));
        TestLink.Received received = receive("1");

        answer(out, 0, Outcome.unknown());
        backOff();
        answer(out, 1, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(leg()).isEqualTo(new Ledger.LegCount(1, 1, 0, 0, Map.of(), 0));
    }

    @Test
    void lateAnswerToAnEarlierAttemptIsIgnored() {
        start(route().retryUnknown().timeout(Duration.ofMillis(20)).to(out));
        TestLink.Received received = receive("1");
        time.advance(Duration.ofMillis(20));
        until(() -> time.waiting() == 1);
        backOff();

        out.link().acknowledge(0, FAILED);
        answer(out, 1, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(received.answers()).hasValue(1);
    }

    @Test
    void stepThatThrowsIsTriedAgainAndTheRouteWaits() {
        List<String> seen = new ArrayList<>();
        AtomicInteger earlier = new AtomicInteger();
        start(route().map(message -> {
                    earlier.incrementAndGet();
                    return message;
                })
                .filter(message -> {
                    seen.add(message.payload().text());
                    if (seen.size() < 3) {
                        throw new AssertionError("not yet");
                    }
                    return true;
                })
                .to(out));
        receive("1");
        receive("2");
        assertThat(relay.ledger().route("route").waiting()).isEqualTo(2);

        backOff();
        backOff();

        assertThat(seen).containsExactly("1", "1", "1", "2");
        assertThat(earlier).as("once for each message").hasValue(2);
        answer(out, 0, Outcome.delivered());
        answer(out, 1, Outcome.delivered());
        assertThat(out.sentTexts()).containsExactly("1", "2");
        assertThat(relay.ledger().route("route").failed()).isZero();
    }

    @Test
    void stepThatThrowsEachTimeIsCountedOnce() {
        IllegalStateException boom = new IllegalStateException("boom");
        start(route().to(
                        (message, targets) -> {
                            throw boom;
                        },
                        out));
        TestLink.Received received = receive("1");

        backOff();
        assertThat(received.now()).isNull();
        backOff();

        assertThat(received.now()).isEqualTo(Outcome.failed(boom));
        assertThat(relay.ledger().route("route").failed()).isEqualTo(1);
        assertThat(relays.warnings()).hasSize(1);
    }

    @Test
    void eachPartOfASplitIsTriedAgainBeforeTheNext() {
        start(route().split(message -> List.of(Message.text("a"), Message.text("b")))
                .to(out));
        TestLink.Received received = receive("1");

        answer(out, 0, FAILED);
        backOff();
        assertThat(out.sentTexts()).containsExactly("a", "a");
        answer(out, 1, Outcome.delivered());
        answer(out, 2, Outcome.delivered());

        assertThat(out.sentTexts()).containsExactly("a", "a", "b");
        assertThat(received.now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void whatWaitsForAnotherAttemptWhenTheRelayClosesHasFailed() {
        relays.expectWarnings();
        start(route().to(out));
        TestLink.Received first = receive("1");
        TestLink.Received second = receive("2");
        answer(out, 0, FAILED);

        relay.close();
        backOff();

        assertThat(first.now()).isEqualTo(FAILED);
        assertThat(second.now()).isEqualTo(Outcome.dropped(DropReason.CLOSED));
        assertThat(leg()).isEqualTo(new Ledger.LegCount(1, 0, 1, 0, Map.of(), 0));
        assertThat(out.sentTexts()).hasSize(1);
    }

    @Test
    void handlerIsCalledAgainOnALaneAndInOrder() {
        List<String> calls = new CopyOnWriteArrayList<>();
        List<String> threads = new CopyOnWriteArrayList<>();
        LocalEndpoint handling = LocalEndpoint.create("handling");
        handling.onMessage(message -> {
            calls.add(message.payload().text());
            threads.add(Thread.currentThread().getName());
            if (calls.size() == 1) {
                throw new IllegalStateException("boom");
            }
        });
        relay = relays.start(Route.from(in)
                .name("route")
                .retry(2, Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1)))
                .to(handling));

        in.receive("1");
        in.receive("2");

        until(() -> relay.ledger().leg("route", "handling").delivered() == 2);
        assertThat(calls).containsExactly("1", "1", "2");
        assertThat(threads).allMatch(name -> name.startsWith("araldo-r-lane-"));
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> Route.from(in).retry(0, BACKOFF)).hasMessage("attempts: 0 (expected: > 0)");
        assertThatThrownBy(() -> Route.from(in).retryUnknown().to(out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("retryUnknown: nothing is retried (expected: retry(attempts, backoff) with more than one"
                        + " attempt)");
    }
}
