package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.TestEndpoint.Opening;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An attempt to open that nobody needs any longer ends, at whatever moment that is, and leaves nothing open. */
@ExtendWith(ThreadLeakExtension.class)
@Timeout(60)
class OpeningAttemptTest {
    private static final Backoff OFTEN = Backoff.fullJitter(Duration.ofNanos(1), Duration.ofNanos(1));
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint target = TestEndpoint.named("target");
    private final Route stays = Route.from(source).to(MockEndpoint.create("other"));
    private final Route goes = Route.from(source).name("goes").to(target);
    private final RelayThreads threads = new RelayThreads("t", null);

    @AfterEach
    void close() {
        threads.close();
    }

    private OpeningAttempt attempt() {
        RelayContext context = new RelayContext(
                "t", "target", true, true, InstantSource.system(), threads, new SharedResources(), event -> {});
        return new OpeningAttempt(new SupervisedLink(target, true, context, relays.builder(goes)), target, context);
    }

    @Test
    void attemptThatIsCancelledBeforeItBeginsOpensNothing() {
        OpeningAttempt attempt = attempt();

        attempt.cancel();
        attempt.begin(LONG.toNanos());
        threads.close();

        assertThat(target.attempts()).isZero();
    }

    @Test
    void attemptThatIsCancelledLeavesNoDeadline() {
        target.opening(Opening.never(), Opening.never());
        OpeningAttempt before = attempt();
        before.cancel();
        before.begin(LONG.toNanos());
        assertThat(threads.timer.getQueue()).isEmpty();

        OpeningAttempt after = attempt();
        after.begin(LONG.toNanos());
        assertThat(threads.timer.getQueue()).hasSize(1);
        after.cancel();

        assertThat(threads.timer.getQueue()).isEmpty();
    }

    @Test
    void threadThatHasGoneOnToSomethingElseIsNotInterrupted() {
        AtomicReference<Thread> opener = new AtomicReference<>();
        target.opening(link -> {
            opener.set(Thread.currentThread());
            return new CompletableFuture<>();
        });
        OpeningAttempt attempt = attempt();
        attempt.begin(LONG.toNanos());
        until(() -> opener.get() != null);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean isElsewhere = new AtomicBoolean();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        until(() -> {
            threads.opening.execute(() -> {
                if (Thread.currentThread() == opener.get() && isElsewhere.compareAndSet(false, true)) {
                    interrupted.complete(isInterruptedBefore(go));
                }
            });
            return isElsewhere.get();
        });

        attempt.cancel();
        go.countDown();

        until(interrupted::isDone);
        assertThat(interrupted).isCompletedWithValue(false);
    }

    private static boolean isInterruptedBefore(CountDownLatch go) {
        try {
            go.await();
            return Thread.currentThread().isInterrupted();
        } catch (InterruptedException e) {
            return true;
        }
    }

    private Relay startAndLose(Opening reopening) {
        target.opening(Opening.atOnce(), reopening);
        Relay relay = relays.start(relays.builder(stays, goes).backoff(OFTEN).startup(LONG));
        target.link().lose("gone");
        relays.expectWarnings();
        return relay;
    }

    /** The limit of the attempt is never reached: what ends it is the removal. */
    @Test
    void removalEndsAnAttemptThatBlocks() {
        CountDownLatch limit = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Relay relay = startAndLose(link -> {
            interrupted.complete(isInterruptedBefore(limit));
            return CompletableFuture.failedFuture(new EndpointException("endpoint 'target': interrupted"));
        });
        until(() -> target.attempts() == 2);

        relay.remove("goes");

        until(interrupted::isDone);
        assertThat(interrupted).isCompletedWithValue(true);
        assertThat(target.attempts()).isEqualTo(2);
        assertThat(relay.health()).doesNotContainKey("target");
    }

    @Test
    void removalDoesNotWaitForAnAttemptThatIgnoresItsInterruptAndClosesWhatItOpens() {
        AtomicBoolean go = new AtomicBoolean();
        Relay relay = startAndLose(link -> {
            while (!go.get()) {
                Thread.onSpinWait();
            }
            return CompletableFuture.completedFuture(link);
        });
        until(() -> target.attempts() == 2);
        TestLink late = target.link();

        relay.remove("goes");
        assertThat(late.closes).hasValue(0);
        go.set(true);

        until(() -> late.closes.get() == 1);
        assertThat(relays.events(RelayEvent.LinkRestored.class)).isEmpty();
    }

    /** Also just when it begins, on the thread of the timer, and its opener runs already. */
    @Test
    void removalEndsTheAttemptAtWhateverMomentItComes() {
        AtomicInteger blocked = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        relays.expectWarnings();
        Relay relay = relays.start(relays.builder(stays).backoff(OFTEN).startup(LONG));
        for (int i = 0; i < 500; i++) {
            target.opening(Opening.atOnce(), link -> {
                blocked.incrementAndGet();
                isInterruptedBefore(never);
                blocked.decrementAndGet();
                return new CompletableFuture<>();
            });
            relay.add(goes);
            int opened = target.attempts();
            target.link().lose("gone");
            long spins = ThreadLocalRandom.current().nextInt(20_000);
            for (long spin = 0; spin < spins && target.attempts() == opened; spin++) {
                Thread.onSpinWait();
            }
            relay.remove("goes");
            target.forgetScript();
        }

        until(() -> blocked.get() == 0);
    }
}
