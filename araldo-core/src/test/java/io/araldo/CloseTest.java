package io.araldo;

import static io.araldo.Waiting.result;
import static io.araldo.Waiting.until;
import static io.araldo.Waiting.untilEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.TestEndpoint.Opening;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A relay that is closed leaves nothing behind, whoever closes it and whatever it is doing. */
@ExtendWith(ThreadLeakExtension.class)
@Timeout(60)
class CloseTest {
    private static final Backoff OFTEN = Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1));

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint target = TestEndpoint.named("target");
    private final LocalEndpoint local = LocalEndpoint.create("local");
    private final Route route = Route.from(source).to(target);

    private static boolean isClosed(Relay relay) throws InterruptedException {
        return relay.awaitTermination(Duration.ZERO);
    }

    /** A thread dies a moment after its pool has ended. */
    private static void untilNoThreadIsLeft() {
        until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("araldo-")));
    }

    @Test
    void eachLinkIsClosedOnce() {
        Relay relay = relays.start(route);

        relay.close();
        relay.close();

        assertThat(source.link().closes).hasValue(1);
        assertThat(target.link().closes).hasValue(1);
        untilNoThreadIsLeft();
        assertThat(relay.health().get("source").why()).isEqualTo("closed");
        assertThat(relays.events().get(relays.events().size() - 1)).isEqualTo(new RelayEvent.RelayClosed("r"));
    }

    @Test
    void closedRelayMovesNothing() {
        MockEndpoint in = MockEndpoint.create("in");
        Relay relay = relays.start(Route.from(in).to(target), Route.from(local).to(target));

        relay.close();

        assertThat(in.receive("1").toCompletableFuture())
                .isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(local.send("1").toCompletableFuture())
                .isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(target.link().sent).isEmpty();
    }

    @Test
    void twoThreadsThatCloseWaitForTheSameEnd() {
        Relay relay = relays.start(route);
        CompletableFuture<Void> going = new CompletableFuture<>();
        target.link().closing(going);
        Thread first = new Thread(relay::close);
        Thread second = new Thread(relay::close);

        first.start();
        until(() -> target.link().closes.get() == 1);
        second.start();
        until(() -> second.getState() == Thread.State.WAITING);
        assertThat(first.isAlive()).isTrue();
        going.complete(null);

        untilEnded(first);
        untilEnded(second);
        assertThat(target.link().closes).hasValue(1);
    }

    @Test
    void closeInAHandlerBeginsItAndReturns() throws InterruptedException {
        CompletableFuture<Boolean> wasClosedInHandler = new CompletableFuture<>();
        Relay relay = relays.start(Route.from(source).to(local));
        local.onMessage(message -> {
            relay.close();
            wasClosedInHandler.complete(isClosedUnchecked(relay));
        });

        source.receive("1");

        assertThat(relay.awaitTermination(Duration.ofSeconds(10))).isTrue();
        assertThat(wasClosedInHandler).isCompleted();
        assertThat(source.link().closes).hasValue(1);
    }

    @Test
    void closeInWhatDependsOnAnOutcomeBeginsItAndReturns() throws InterruptedException {
        target.thatHolds();
        Relay relay = relays.start(Route.from(local).to(target));
        CompletableFuture<Void> links = new CompletableFuture<>();
        target.link().closing(links);
        local.send("1").thenAccept(outcome -> relay.close());
        until(() -> target.sentTexts().size() == 1);
        CountDownLatch answered = new CountDownLatch(1);
        Thread transport = new Thread(() -> {
            target.link().acknowledge(0, Outcome.delivered());
            answered.countDown();
        });

        transport.start();

        assertThat(answered.await(3, TimeUnit.SECONDS)).isTrue();
        assertThat(isClosed(relay)).isFalse();
        links.complete(null);
        assertThat(relay.awaitTermination(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void closeAgainInAHandlerReturnsAsWell() throws InterruptedException {
        CompletableFuture<Void> links = new CompletableFuture<>();
        CountDownLatch handled = new CountDownLatch(1);
        Relay relay = relays.start(Route.from(source).to(local));
        source.link().closing(links);
        local.onMessage(message -> {
            relay.close();
            relay.close();
            handled.countDown();
        });

        source.receive("1");

        until(() -> handled.getCount() == 0);
        assertThat(isClosed(relay)).isFalse();
        links.complete(null);
        assertThat(relay.awaitTermination(Duration.ofSeconds(10))).isTrue();
    }

    private static boolean isClosedUnchecked(Relay relay) {
        try {
            return isClosed(relay);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closeInAHandlerOnAnExecutorOfTheUsersDoesNotWaitForTheHandler() throws InterruptedException {
        ExecutorService single = Executors.newSingleThreadExecutor();
        CountDownLatch handled = new CountDownLatch(1);
        CompletableFuture<Void> links = new CompletableFuture<>();
        Relay relay = relays.start(relays.builder(Route.from(source).to(local)).executor(single));
        source.link().closing(links);
        local.onMessage(message -> {
            relay.close();
            handled.countDown();
        });
        try {
            source.receive("1");

            until(() -> handled.getCount() == 0);
            links.complete(null);
            assertThat(relay.awaitTermination(Duration.ofSeconds(10))).isTrue();
        } finally {
            single.shutdown();
        }
    }

    @Test
    void executorOfTheUsersIsNotShutDown() {
        ExecutorService single = Executors.newSingleThreadExecutor();
        Relay relay = relays.start(relays.builder(route).executor(single));

        relay.close();

        assertThat(single.isShutdown()).isFalse();
        single.shutdown();
    }

    @Test
    void closeInTheConsumerOfEventsReturns() throws InterruptedException {
        CompletableFuture<Relay> relay = new CompletableFuture<>();
        CountDownLatch returned = new CountDownLatch(1);
        relay.complete(relays.start(relays.builder(route).events(event -> {
            if (event instanceof RelayEvent.RelayStarted) {
                relay.join().close();
                returned.countDown();
            }
        })));

        assertThat(relay.join().awaitTermination(Duration.ofSeconds(10))).isTrue();
        until(() -> returned.getCount() == 0);
    }

    @Test
    void closeWhileAnEndpointOpensClosesWhatComesOfIt() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        target.opening(Opening.fails("endpoint 'target': no"), TestEndpoint.when(go));
        Relay relay = relays.start(relays.builder(route).optional(target).backoff(OFTEN));
        until(() -> target.attempts() == 2);

        relay.close();
        go.complete(null);

        assertThat(target.link().closes).hasValue(1);
        assertThat(relays.events(RelayEvent.LinkOpened.class)).hasSize(1);
        assertThat(relays.warnings()).hasSize(1);
    }

    @Test
    void closeWhileAnOpeningBlocksInterruptsIt() {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        target.opening(Opening.fails("endpoint 'target': no"), link -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return new CompletableFuture<>();
        });
        Relay relay = relays.start(relays.builder(route).optional(target).backoff(OFTEN));
        until(() -> target.attempts() == 2);

        relay.close();

        assertThat(interrupted).isCompletedWithValue(true);
        untilNoThreadIsLeft();
        assertThat(relays.warnings()).hasSize(1);
    }

    @Test
    void closeWhileAnEndpointWaitsEndsTheAttempts() {
        target.opening(Opening.fails("endpoint 'target': no"));
        Relay relay = relays.start(relays.builder(route)
                .optional(target)
                .backoff(Backoff.fullJitter(Duration.ofDays(365), Duration.ofDays(365))));

        relay.close();

        untilNoThreadIsLeft();
        assertThat(target.attempts()).isEqualTo(1);
        assertThat(target.link().closes).hasValue(0);
        assertThat(relays.warnings()).hasSize(1);
    }

    @Test
    void lossAfterTheCloseIsNoLoss() {
        Relay relay = relays.start(route);
        relay.close();

        target.link().lose("of course");

        assertThat(relays.events(RelayEvent.LinkLost.class)).isEmpty();
        assertThat(target.attempts()).isEqualTo(1);
    }

    @Test
    void awaitTerminationKeepsAMainAlive() throws InterruptedException {
        Relay relay = relays.start(route);
        Thread main = new Thread(() -> {
            try {
                relay.awaitTermination();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        main.start();
        Waiting.untilWaiting(main);
        assertThat(isClosed(relay)).isFalse();

        relay.close();

        untilEnded(main);
        assertThat(isClosed(relay)).isTrue();
    }

    @Test
    void linkThatThrowsOnCloseDoesNotKeepTheRestOpen() throws InterruptedException {
        Relay relay = relays.start(route);
        source.link().onClose(() -> {
            throw new IllegalStateException("boom");
        });

        relay.close();

        assertThat(isClosed(relay)).isTrue();
        assertThat(target.link().closes).hasValue(1);
        untilNoThreadIsLeft();
        assertThat(relays.warnings())
                .singleElement()
                .asString()
                .startsWith("relay 'r': 'source' did not close in order: java.lang.IllegalStateException: boom, at ");
    }

    @Test
    void linkWhoseCloseFailsOrAnswersNullDoesNotKeepTheRestOpen() throws InterruptedException {
        Relay relay = relays.start(route);
        source.link().closing(CompletableFuture.failedFuture(new IllegalStateException("boom")));
        target.link().closing(null);

        relay.close();

        assertThat(isClosed(relay)).isTrue();
        untilNoThreadIsLeft();
        relays.awaitWarning("relay 'r': 'source' did not close in order: java.lang.IllegalStateException: boom");
        relays.awaitWarning("relay 'r': 'target' did not close in order: java.lang.NullPointerException");
    }

    @Test
    void linkThatNeverClosesIsGivenUp() throws InterruptedException {
        Relay relay = relays.start(route);
        target.link().closing(new CompletableFuture<>());

        relay.close();

        assertThat(isClosed(relay)).isTrue();
        untilNoThreadIsLeft();
        assertThat(relays.warnings()).containsExactly("relay 'r': did not close within 5 s: [target]");
    }

    @Test
    void handlerThatDoesNotReturnIsInterrupted() {
        CountDownLatch handling = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        local.onMessage(message -> {
            handling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        Relay relay = relays.start(Route.from(source).to(local));
        TestLink.Received received = source.receive("1");
        until(() -> handling.getCount() == 0);

        relay.close();

        assertThat(interrupted).isCompletedWithValue(true);
        until(received.outcome()::isDone);
        untilNoThreadIsLeft();
    }

    @Test
    void interruptedCallerFindsNothingLeftEither() {
        Relay relay = relays.start(Route.from(source).filter(message -> true).to(target));
        TestLink.Received received = source.receive("1");
        until(received.outcome()::isDone);
        CompletableFuture<Void> going = new CompletableFuture<>();
        target.link().closing(going);
        Thread closer = new Thread(() -> {
            Thread.currentThread().interrupt();
            relay.close();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        closer.setUncaughtExceptionHandler((thread, error) -> errors.add(error));
        closer.start();
        until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        going.complete(null);

        untilEnded(closer);

        assertThat(errors).isEmpty();
        untilNoThreadIsLeft();
    }

    @Test
    void interruptDuringTheCloseShortensItAndIsKept() {
        Relay relay = relays.start(route);
        target.link().closing(new CompletableFuture<>());
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread closer = new Thread(() -> {
            relay.close();
            flag.complete(Thread.currentThread().isInterrupted());
        });
        closer.start();
        until(() -> closer.getState() == Thread.State.TIMED_WAITING);

        closer.interrupt();

        untilEnded(closer);
        assertThat(flag).isCompletedWithValue(true);
        untilNoThreadIsLeft();
    }

    @Test
    void hundredStartsAndClosesLeaveNoThread() {
        MockEndpoint out = MockEndpoint.create("out");
        for (int i = 0; i < 100; i++) {
            try (Relay relay = relays.builder(Route.from(local).to(out)).start()) {
                assertThat(result(local.send("m" + i))).isEqualTo(Outcome.delivered());
                relay.ledger().assertConserved();
            }
            untilNoThreadIsLeft();
        }
        assertThat(out.sent()).hasSize(100);
    }
}
