package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others bring (links, marshallers, executors) and that does not keep to its contract. */
@ExtendWith(ThreadLeakExtension.class)
class MisbehavingLinkTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint target = TestEndpoint.named("target");
    private final TestEndpoint other = TestEndpoint.named("other");
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private final AssertionError boom = new AssertionError("boom");

    private void explode() {
        throw boom;
    }

    @Test
    void sendThatThrowsFailsItsMessageAlone() {
        Relay relay = relays.start(Route.from(source).name("route").to(target));
        target.link().onSend(this::explode);
        TestLink.Received first = source.receive("1");
        target.link().onSend(() -> {});

        TestLink.Received second = source.receive("2");

        assertThat(first.now()).isEqualTo(Outcome.failed(boom));
        assertThat(second.now()).isEqualTo(Outcome.delivered());
        assertThat(relay.ledger().leg("route", "target").failed()).isEqualTo(1);
        relays.awaitWarning("relay 'r', 'route': a message failed: java.lang.AssertionError: boom");
    }

    @Test
    void flushThatThrowsDoesNotEndTheLane() {
        relays.start(Route.from(source).to(target));
        target.link().onFlush(this::explode);

        TestLink.Received first = source.receive("1");
        TestLink.Received second = source.receive("2");

        assertThat(first.now()).isEqualTo(Outcome.delivered());
        assertThat(second.now()).isEqualTo(Outcome.delivered());
        assertThat(relays.warnings())
                .singleElement()
                .asString()
                .startsWith("relay 'r', 'source->target': a message failed: flush() of 'target' threw"
                        + " java.lang.AssertionError: boom, at ")
                .endsWith(" (expected: it does not throw)");
        relays.expectWarnings();
    }

    @Test
    void marshallerThatWritesNullFailsTheMessage() {
        SteppedExecutor lanes = new SteppedExecutor();
        TestEndpoint broken = TestEndpoint.with("broken", new Marshaller() {
            @Override
            public Payload encode(Message message) {
                return null;
            }

            @Override
            public Message decode(Message wire) {
                return wire;
            }

            @Override
            public String toString() {
                return "Broken";
            }
        });
        relays.start(lanes, Route.from(source).to(broken));

        TestLink.Received received = source.receive("1");
        lanes.runAll();

        assertThat(received.now().cause())
                .isInstanceOf(MarshallingException.class)
                .hasMessageMatching("Broken wrote null for Message\\[.*, text, 1 bytes: 1] \\(expected: a payload\\)");
        assertThat(broken.link().sent).isEmpty();
        relays.expectWarnings();
    }

    @Test
    void linkThatAnswersNullFailsItsMessage() {
        Relay relay = relays.start(Route.from(source).name("route").to(target));
        target.link().answer(null);

        TestLink.Received received = source.receive("1");

        assertThat(received.now().cause()).hasMessage("link of 'target' answered null (expected: an outcome)");
        assertThat(relay.ledger().leg("route", "target").failed()).isEqualTo(1);
        relays.awaitWarning("link of 'target' answered null");
    }

    @Test
    void linkThatIsLostForNullIsReopened() {
        relays.start(relays.builder(Route.from(source).to(target))
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1))));

        target.link().inbox.lost(null);

        relays.awaitEvents(1, RelayEvent.LinkRestored.class);
        relays.awaitWarning("endpoint 'target' was lost, and its link gave null for a cause");
    }

    @Test
    void errorOfTheRelaysOwnEndsNeitherTheLaneNorTheSweep() {
        relays.expectWarnings();
        target.thatHolds();
        Relay relay = relays.start(relays.builder(
                        Route.from(source)
                                .name("retrying")
                                .timeout(Duration.ofMillis(100))
                                .retry(2, Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1)))
                                .retryUnknown()
                                .filter(this::isGood)
                                .to(target),
                        Route.from(source).timeout(Duration.ofSeconds(1)).to(other))
                .timer(new BrokenTimer()));
        other.thatHolds();
        source.receive("bad");

        until(() -> {
            source.receive("good");
            return target.sentTexts().contains("bad");
        });
        until(() -> relay.ledger().leg("source->other", "other").unknown() > 0);
    }

    private boolean isGood(Message message) {
        if (message.payload().text().equals("bad") && !hasFailed.getAndSet(true)) {
            throw boom;
        }
        return true;
    }

    /** Tells the time, and cannot wait. */
    private static final class BrokenTimer implements LaneTimer {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void after(long nanos, Runnable task) {
            throw new IllegalStateException("no timer");
        }
    }

    @Test
    void executorThatRejectsClosesTheRouteAndSaysSo() {
        assertThatExecutorThatThrowsClosesTheRoute(
                new RejectedExecutionException("full"), "java.util.concurrent.RejectedExecutionException: full");
    }

    @Test
    void executorThatThrowsClosesTheRouteAndSaysSo() {
        assertThatExecutorThatThrowsClosesTheRoute(
                new IllegalStateException("boom"), "java.lang.IllegalStateException: boom");
    }

    private void assertThatExecutorThatThrowsClosesTheRoute(RuntimeException thrown, String text) {
        AtomicReference<RuntimeException> refusal = new AtomicReference<>(thrown);
        SteppedExecutor lanes = new SteppedExecutor();
        relays.start(relays.builder(
                        Route.from(source).name("route").filter(message -> true).to(target))
                .executor(task -> {
                    RuntimeException refused = refusal.get();
                    if (refused != null) {
                        throw refused;
                    }
                    lanes.execute(task);
                }));

        CompletableFuture<Outcome> first = source.receive("1").outcome();
        refusal.set(null);
        CompletableFuture<Outcome> second = source.receive("2").outcome();

        assertThat(first).isCompletedWithValue(Outcome.dropped(DropReason.CLOSED));
        assertThat(second).isCompletedWithValue(Outcome.dropped(DropReason.CLOSED));
        assertThat(lanes.waiting()).isZero();
        assertThat(relays.warnings().get(0))
                .startsWith("relay 'r', 'route': a message failed: the executor of the relay refused to run the route,"
                        + " which is closed now: " + text + ", at ")
                .endsWith(" (expected: it takes tasks until the relay is closed)");
        relays.expectWarnings();
    }
}
