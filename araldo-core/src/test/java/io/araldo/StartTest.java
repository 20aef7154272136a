package io.araldo;

import static io.araldo.Waiting.until;
import static io.araldo.Waiting.untilEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.araldo.TestEndpoint.Opening;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A relay starts with all its endpoints, or not at all. */
@ExtendWith(ThreadLeakExtension.class)
@Timeout(60)
class StartTest {
    private static final Backoff OFTEN = Backoff.fullJitter(Duration.ofNanos(1), Duration.ofNanos(1));

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint a = TestEndpoint.named("a");
    private final TestEndpoint b = TestEndpoint.named("b");
    private final TestEndpoint c = TestEndpoint.named("c");

    private RelayBuilder builder() {
        return relays.builder(Route.from(a).to(b, c));
    }

    private Throwable startFails(RelayBuilder builder) {
        Throwable error = catchThrowable(() -> relays.start(builder));
        assertThat(error).isInstanceOf(EndpointException.class);
        return error;
    }

    @Test
    void allIsOpenWhenStartReturns() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        c.opening(TestEndpoint.when(go));
        CompletableFuture<Relay> started = new CompletableFuture<>();
        Thread starter = new Thread(() -> started.complete(relays.start(builder())));
        starter.start();
        until(() -> relays.events(RelayEvent.LinkOpened.class).size() == 2);
        assertThat(started).isNotDone();

        go.complete(null);

        untilEnded(starter);
        assertThat(started).isCompleted();
        assertThat(started.join().health().values()).extracting(Health::status).containsOnly(Health.Status.UP);
        List<RelayEvent> events = relays.awaitEvents(4, RelayEvent.class);
        assertThat(events.get(2)).isEqualTo(new RelayEvent.LinkOpened("c"));
        assertThat(events.get(3)).isEqualTo(new RelayEvent.RelayStarted("r"));
    }

    @Test
    void oneFailureClosesAllOthers() {
        c.opening(Opening.fails("endpoint 'c': connection refused"));

        Throwable error = startFails(builder());

        assertThat(error).hasMessage("endpoint 'c': connection refused");
        assertThat(a.link().closes).hasValue(1);
        assertThat(b.link().closes).hasValue(1);
        assertThat(relays.events(RelayEvent.RelayStarted.class)).isEmpty();
    }

    @Test
    void eachFailureIsOneLine() {
        AssertionError boom = new AssertionError("boom");
        a.opening(Opening.fails("connection refused"));
        b.opening(Opening.throwing(boom));
        c.opening(link -> CompletableFuture.completedFuture(null));

        Throwable error = startFails(builder());

        assertThat(error.getMessage().lines())
                .containsExactlyInAnyOrder(
                        "endpoint 'a': connection refused",
                        "endpoint 'b' could not be opened: java.lang.AssertionError: boom, at "
                                + boom.getStackTrace()[0],
                        "endpoint 'c' could not be opened: open() completed with null (expected: a link)");
    }

    @Test
    void openThatAnswersNullFailsTheStart() {
        c.opening(link -> null);

        assertThat(startFails(builder()))
                .hasMessageStartingWith("endpoint 'c' could not be opened: java.lang.NullPointerException");
    }

    @Test
    void openThatNeverCompletesFailsTheStart() {
        c.opening(Opening.never());

        assertThat(startFails(builder().startup(Duration.ofMillis(100))))
                .hasMessage("endpoint 'c' could not be opened: no answer within 100 ms"
                        + " (expected: in time; see startup(…))");
        assertThat(a.link().closes).hasValue(1);
    }

    @Test
    void linkThatComesTooLateIsClosed() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        c.opening(TestEndpoint.when(go));
        startFails(builder().startup(Duration.ofMillis(50)));
        assertThat(c.link().closes).hasValue(0);

        go.complete(null);

        assertThat(c.link().closes).hasValue(1);
    }

    @Test
    void openThatBlocksIsInterruptedWhenItsTimeIsUp() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        Opening blocking = link -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
            }
            return new CompletableFuture<>();
        };
        c.opening(blocking, blocking, blocking);

        relays.start(builder().optional(c).startup(Duration.ofMillis(50)).backoff(OFTEN));

        until(() -> c.attempts() == 4);
        until(() -> interrupts.get() == 3);
        relays.awaitWarning("no answer within 50 ms");
        relays.awaitEvents(3, RelayEvent.LinkOpened.class);
    }

    @Test
    void linkThatDoesNotTellItsAddressIsOpenAllTheSame() {
        c.opening(link -> CompletableFuture.completedFuture(link.onAddress(() -> {
            throw new IllegalStateException("boom");
        })));

        relays.start(builder());

        assertThat(relays.notes())
                .anyMatch(
                        note -> note.startsWith(
                                "relay 'r': 'c' is open at an address that it does not tell: java.lang.IllegalStateException: boom"));
    }

    @Test
    void addressIsLoggedWhenALinkOpens() {
        relays.start(builder());

        assertThat(relays.notes()).contains("relay 'r': 'c' is open at test:c");
    }

    @Test
    void interruptedStartLeavesNothing() {
        CountDownLatch opening = new CountDownLatch(1);
        c.opening(link -> {
            opening.countDown();
            return new CompletableFuture<>();
        });
        CompletableFuture<Throwable> error = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread starter = new Thread(() -> {
            error.complete(catchThrowable(() -> builder().start()));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        starter.start();
        until(() -> opening.getCount() == 0
                && relays.events(RelayEvent.LinkOpened.class).size() == 2);

        starter.interrupt();

        untilEnded(starter);
        assertThat(error.join())
                .isExactlyInstanceOf(AraldoException.class)
                .hasMessage("interrupted while endpoints were opening");
        assertThat(flag).isCompletedWithValue(true);
        assertThat(a.link().closes).hasValue(1);
    }

    @Test
    void optionalEndpointMayBeDownAtTheStart() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        c.opening(Opening.fails("endpoint 'c': connection refused"), TestEndpoint.when(go));

        Relay relay = relays.start(builder().optional(c).backoff(OFTEN));

        assertThat(relay.health().get("c").status()).isEqualTo(Health.Status.DOWN);
        assertThat(relay.health().get("c").why()).isEqualTo("endpoint 'c': connection refused");
        go.complete(null);
        until(() -> relay.health().get("c").status() == Health.Status.UP);
        relays.awaitEvents(3, RelayEvent.LinkOpened.class);
        assertThat(relays.events(RelayEvent.OpenFailed.class)).singleElement().satisfies(event -> {
            assertThat(event.endpoint()).isEqualTo("c");
            assertThat(event.attempt()).isEqualTo(1);
            assertThat(event.cause()).hasMessage("endpoint 'c': connection refused");
        });
        assertThat(relays.events(RelayEvent.Gap.class)).isEmpty();
        assertThat(relays.events(RelayEvent.LinkRestored.class)).isEmpty();
        assertThat(relays.warnings())
                .containsExactly("relay 'r': endpoint 'c': connection refused; trying again until it opens");
    }

    @Test
    void planMayBeStartedAgain() {
        LocalEndpoint in = LocalEndpoint.create("in");
        MockEndpoint out = MockEndpoint.create("out");
        RelayPlan plan = relays.builder(Route.from(in).to(out)).plan();

        plan.start().close();
        Relay second = plan.start();

        assertThat(in.send("1").toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(Outcome.delivered());
        second.close();
    }

    @Test
    void handleServesOneRelayAtATime() {
        LocalEndpoint in = LocalEndpoint.create("in");
        MockEndpoint out = MockEndpoint.create("out");
        relays.start(Route.from(in).to(out));

        assertThatThrownBy(() -> Relay.start(Route.from(in).to(out)))
                .isInstanceOf(EndpointException.class)
                .hasMessageContainingAll(
                        "local endpoint 'in' is in use by another relay (expected: one relay at a time; create one for"
                                + " each)",
                        "mock endpoint 'out' is in use by another relay (expected: one relay at a time; create one for"
                                + " each)");
        assertThat(in.send("still mine").toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(Outcome.delivered());
    }

    @Test
    void addressIsThatOfTheLink() {
        Relay relay = relays.start(builder());

        assertThat(relay.address(a)).hasToString("test:a");
        assertThatThrownBy(() -> relay.address(TestEndpoint.named("other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint: 'other' (expected: one that a route of relay 'r' names: [b, c, a])");
    }

    @Test
    void healthIsThatOfTheLinks() {
        Relay relay = relays.start(builder());
        b.link().onHealth(() -> {
            throw new IllegalStateException("boom");
        });

        Map<String, Health> health = relay.health();

        assertThat(health.get("a").status()).isEqualTo(Health.Status.UP);
        assertThat(health.get("b").status()).isEqualTo(Health.Status.DOWN);
        assertThat(health.get("b").why()).startsWith("its health() threw java.lang.IllegalStateException: boom");
    }
}
