package io.araldo;

import static io.araldo.Waiting.until;
import static io.araldo.Waiting.untilEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** User code that takes its time: what went before it goes out all the same, and what waits behind it still waits. */
@ExtendWith(ThreadLeakExtension.class)
@Timeout(60)
class SlowStepTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint in = TestEndpoint.named("in");
    private final TestEndpoint out = TestEndpoint.named("out");
    private final CountDownLatch inStep = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private Relay relay;

    /** A route whose step does not come to an end with this message before it may {@link #go}. */
    private RouteBuilder slowAt(String text) {
        return Route.from(in).name("route").filter(message -> {
            if (message.payload().text().equals(text)) {
                inStep.countDown();
                awaitUnchecked(go);
            }
            return true;
        });
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void letGo() {
        go.countDown();
    }

    private void answersWhatIsFlushed() {
        out.thatHolds();
        out.link()
                .onFlush(() ->
                        out.link().sent.forEach(sent -> sent.acknowledgement().acknowledge(Outcome.delivered())));
    }

    @Test
    void whatWasSentIsFlushedThoughTheStepOfTheNextDoesNotEnd() {
        relay = relays.start(slowAt("2").timeout(Duration.ofMillis(200)).to(out));
        answersWhatIsFlushed();
        relay.pause("route");
        TestLink.Received first = in.receive("1");
        TestLink.Received second = in.receive("2");
        relay.resume("route");

        awaitUnchecked(inStep);

        until(() -> first.outcome().isDone());
        assertThat(first.now()).isEqualTo(Outcome.delivered());
        go.countDown();
        until(() -> second.outcome().isDone());
    }

    @Test
    void whatStepsWithPausesSendIsFlushedThoughTheNextDoesNotEnd() {
        relay = relays.start(
                slowAt("2").split(List::of).timeout(Duration.ofMillis(200)).to(out));
        answersWhatIsFlushed();
        relay.pause("route");
        TestLink.Received first = in.receive("1");
        TestLink.Received second = in.receive("2");
        relay.resume("route");

        until(() -> first.outcome().isDone());
        assertThat(first.now()).isEqualTo(Outcome.delivered());
        go.countDown();
        until(() -> second.outcome().isDone());
    }

    @Test
    void runEndsAndFlushesWhenItsTimeIsOver() {
        SteppedExecutor lanes = new SteppedExecutor();
        ManualTime time = new ManualTime();
        relay = relays.start(
                lanes,
                time,
                Route.from(in)
                        .map(message -> {
                            time.advance(Duration.ofMillis(50));
                            return message;
                        })
                        .to(out));
        List.of("1", "2", "3").forEach(in::receive);

        lanes.step();

        assertThat(out.sentTexts()).containsExactly("1");
        assertThat(out.link().flushes).hasValue(1);
        assertThat(lanes.runAll()).isEqualTo(2);
        assertThat(out.link().flushes).hasValue(3);
    }

    @Test
    void timeOfAStepIsNotThatOfTheAnswer() {
        ManualTime time = new ManualTime();
        SteppedExecutor lanes = new SteppedExecutor();
        out.thatHolds();
        TestEndpoint other = TestEndpoint.named("other").thatHolds();
        relay = relays.start(
                lanes,
                time,
                Route.from(in)
                        .name("route")
                        .timeout(Duration.ofSeconds(10))
                        .map(message -> {
                            time.advance(Duration.ofSeconds(20));
                            return message;
                        })
                        .to(out),
                Route.from(other).name("swept").timeout(Duration.ofSeconds(1)).to(other));
        TestLink.Received received = in.receive("1");
        lanes.runAll();
        other.receive("sweep");

        time.advance(Duration.ofSeconds(9));

        until(() -> relay.ledger().leg("swept", "other").unknown() == 1);
        assertThat(received.now()).isNull();
        time.advance(Duration.ofSeconds(1));
        until(() -> received.outcome().isDone());
        assertThat(received.now()).isEqualTo(Outcome.unknown());
    }

    @Test
    void fullRouteDropsTheOldestThatWaitsBehindASlowStep() {
        relays.expectWarnings();
        relay = relays.start(slowAt("1").queue(3, Overflow.DROP_OLDEST).to(out));
        relay.pause("route");
        List.of("1", "2", "3").forEach(in::receive);
        relay.resume("route");
        awaitUnchecked(inStep);

        in.receive("4");
        go.countDown();

        until(() -> out.sentTexts().size() == 3);
        assertThat(out.sentTexts()).containsExactly("1", "3", "4");
    }

    @Test
    void pauseHoldsWhatWaitsBehindASlowStep() {
        SteppedExecutor lanes = new SteppedExecutor();
        relay = relays.start(lanes, slowAt("1").to(out));
        List.of("1", "2", "3").forEach(in::receive);
        Thread running = new Thread(lanes::runAll);
        running.start();
        awaitUnchecked(inStep);

        relay.pause("route");
        go.countDown();
        untilEnded(running);

        assertThat(out.sentTexts()).containsExactly("1");
        assertThat(relay.ledger().route("route").waiting()).isEqualTo(2);
        relay.resume("route");
        lanes.runAll();
        assertThat(out.sentTexts()).containsExactly("1", "2", "3");
    }

    @Test
    void routeThatGetsSlowPutsBackWhatItHasTaken() {
        relays.expectWarnings();
        SteppedExecutor lanes = new SteppedExecutor();
        ManualTime time = new ManualTime();
        AtomicInteger calls = new AtomicInteger();
        relay = relays.start(
                lanes,
                time,
                Route.from(in)
                        .name("route")
                        .queue(40, Overflow.DROP_OLDEST)
                        .expireAfter(Duration.ofDays(1))
                        .filter(message -> {
                            if (calls.incrementAndGet() > 12) {
                                time.advance(Duration.ofMillis(50));
                            }
                            return true;
                        })
                        .to(out));
        List<String> texts = IntStream.range(0, 40).mapToObj(i -> "m" + i).toList();
        texts.forEach(in::receive);

        lanes.step();

        assertThat(out.sentTexts()).isEqualTo(texts.subList(0, 17));
        assertThat(out.link().flushes).hasValue(1);
        assertThat(relay.ledger().route("route").waiting()).isEqualTo(23);
        relay.ledger().assertConserved();
        lanes.step();
        assertThat(out.sentTexts()).as("one where it was slow").isEqualTo(texts.subList(0, 18));
        IntStream.range(0, 19).forEach(i -> in.receive("n" + i));
        assertThat(relay.ledger().route("route").dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 1L));
        lanes.runAll();
        assertThat(out.sentTexts()).hasSize(58).doesNotContain("m18").contains("m19");
        relay.ledger().assertConserved();
    }

    @Test
    void whatIsLeftWhenTheRelayClosesIsMovedAndNotLost() {
        relays.expectWarnings();
        SteppedExecutor lanes = new SteppedExecutor();
        ManualTime time = new ManualTime();
        relay = relays.start(
                lanes,
                time,
                Route.from(in)
                        .name("route")
                        .map(message -> {
                            if (message.payload().text().equals("m1")) {
                                relay.close();
                                until(() -> relay.awaitTermination(Duration.ZERO));
                                time.advance(Duration.ofMillis(50));
                            }
                            return message;
                        })
                        .to(out));
        List<TestLink.Received> received =
                IntStream.range(0, 20).mapToObj(i -> in.receive("m" + i)).toList();

        assertThat(lanes.runAll()).as("nobody may run the lane again").isEqualTo(1);

        assertThat(received).allMatch(each -> each.outcome().isDone());
        assertThat(relay.ledger().route("route").routed()).isEqualTo(20);
        relay.ledger().assertConserved();
    }

    @Test
    void routeWithQuickStepsTakesManyInOneRun() {
        SteppedExecutor lanes = new SteppedExecutor();
        relay = relays.start(lanes, new ManualTime(), slowAt("none").to(out));
        for (int i = 0; i < 300; i++) {
            in.receive("m" + i);
        }

        assertThat(lanes.runAll()).isEqualTo(2);

        assertThat(out.sentTexts()).hasSize(300);
        assertThat(out.link().flushes).hasValue(2);
    }

    /** Quick steps, so that much is taken at a time; what is not begun when it is paused goes back. */
    @Test
    void pauseHoldsWhatWasTakenAndNotBegun() {
        SteppedExecutor lanes = new SteppedExecutor();
        relay = relays.start(
                lanes,
                new ManualTime(),
                Route.from(in)
                        .name("route")
                        .filter(message -> {
                            if (message.payload().text().equals("m10")) {
                                relay.pause("route");
                            }
                            return true;
                        })
                        .to(out));
        List<String> texts = IntStream.range(0, 40).mapToObj(i -> "m" + i).toList();
        texts.forEach(in::receive);

        lanes.runAll();

        assertThat(out.sentTexts()).isEqualTo(texts.subList(0, 17));
        assertThat(relay.ledger().route("route").waiting()).isEqualTo(23);
        relay.resume("route");
        lanes.runAll();
        assertThat(out.sentTexts()).isEqualTo(texts);
    }
}
