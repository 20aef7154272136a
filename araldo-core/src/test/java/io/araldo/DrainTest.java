package io.araldo;

import static io.araldo.Waiting.until;
import static io.araldo.Waiting.untilEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A relay that is drained finishes what it has taken, and says what it could not. */
@ExtendWith(ThreadLeakExtension.class)
@Timeout(60)
class DrainTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Outcome CLOSED = Outcome.dropped(DropReason.CLOSED);

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint sessions = TestEndpoint.thatCanWait("sessions");
    private final TestEndpoint target = TestEndpoint.named("target");
    private final LocalEndpoint local = LocalEndpoint.create("local");

    private CompletableFuture<DrainReport> drain(Relay relay, Duration limit) {
        CompletableFuture<DrainReport> report = new CompletableFuture<>();
        Thread drainer = new Thread(() -> report.complete(relay.drain(limit)), "drainer");
        drainer.setDaemon(true);
        drainer.start();
        return report;
    }

    @Test
    void whatWasTakenIsFinishedBeforeTheClose() {
        target.thatHolds();
        Relay relay = relays.start(Route.from(source).to(target));
        IntStream.range(0, 10).forEach(i -> source.receive("" + i));
        until(() -> target.sentTexts().size() == 10);

        CompletableFuture<DrainReport> report = drain(relay, LONG);
        source.receive("late");
        until(() -> relay.ledger().route("source->target").dropped().containsKey(DropReason.CLOSED)
                || target.sentTexts().size() == 11);
        assertThat(report).isNotDone();
        assertThat(target.link().closes).hasValue(0);
        IntStream.range(0, target.link().sent.size()).forEach(i -> target.link().acknowledge(i, Outcome.delivered()));

        until(report::isDone);
        assertThat(report.join().isComplete()).isTrue();
        assertThat(target.link().closes).hasValue(1);
        assertThat(relay.ledger().leg("source->target", "target").unknown()).isZero();
        relays.expectWarnings();
    }

    @Test
    void whatASourceThatCannotWaitReceivesLateIsDropped() {
        target.thatHolds();
        Relay relay = relays.start(Route.from(source).to(target));
        source.receive("early");
        CompletableFuture<DrainReport> report = drain(relay, LONG);

        until(() -> source.receive("late").now() != null);

        assertThat(source.receive("later").now()).isEqualTo(Outcome.dropped(DropReason.CLOSED));
        target.link().acknowledge(0, Outcome.delivered());
        IntStream.range(0, target.link().sent.size()).forEach(i -> target.link().acknowledge(i, Outcome.delivered()));
        until(report::isDone);
        relays.expectWarnings();
    }

    @Test
    void sourceThatCanWaitIsHeldBackWithItsNextMessageWhichIsDelivered() {
        target.thatHolds();
        Relay relay = relays.start(Route.from(sessions).to(target));
        TestLink.Received first = sessions.receive("first");
        assertThat(first.ready()).isDone();
        CompletableFuture<DrainReport> report = drain(relay, LONG);

        TestLink.Received[] last = new TestLink.Received[1];
        until(() -> {
            last[0] = sessions.receive("next");
            return !last[0].ready().isDone();
        });
        int sent = target.link().sent.size();
        IntStream.range(0, sent).forEach(i -> target.link().acknowledge(i, Outcome.delivered()));

        until(report::isDone);
        assertThat(report.join().isComplete()).isTrue();
        assertThat(last[0].now()).isEqualTo(Outcome.delivered());
        assertThat(last[0].ready()).isDone();
    }

    @Test
    void repliesOfHandlersAreDelivered() {
        CountDownLatch mayReply = new CountDownLatch(1);
        local.onMessage(message -> {
            awaitQuietly(mayReply);
            local.reply(message, Payload.text("reply"));
        });
        Relay relay =
                relays.start(Route.from(source).to(local), Route.from(local).to(target));
        source.receive("question");

        CompletableFuture<DrainReport> report = drain(relay, LONG);
        mayReply.countDown();

        until(report::isDone);
        assertThat(report.join().isComplete()).isTrue();
        assertThat(target.sentTexts()).containsExactly("reply");
    }

    @Test
    void applicationThatGoesOnSendingIsRefusedAndDoesNotKeepTheRelayBusy() {
        target.thatHolds();
        Relay relay = relays.start(Route.from(local).queue(10, Overflow.BLOCK).to(target));
        Queue<CompletableFuture<Outcome>> outcomes = new ConcurrentLinkedQueue<>();
        AtomicBoolean refused = new AtomicBoolean();
        AtomicBoolean producing = new AtomicBoolean(true);
        Thread producer = started(() -> {
            while (producing.get()) {
                CompletableFuture<Outcome> outcome = local.send("more").toCompletableFuture();
                outcomes.add(outcome);
                refused.compareAndSet(false, outcome.getNow(Outcome.unknown()).equals(CLOSED));
            }
        });
        Thread answering = started(() -> {
            int answered = 0;
            while (producing.get()) {
                // All but the last: the route is never dry while the application is taken from.
                for (int sent = target.link().sent.size() - (refused.get() ? 0 : 1); answered < sent; answered++) {
                    target.link().acknowledge(answered, Outcome.delivered());
                }
                Thread.onSpinWait();
            }
        });
        try {
            until(() -> target.link().sent.size() > 10);

            DrainReport report = relay.drain(Duration.ofSeconds(5));

            assertThat(report.isComplete()).isTrue();
            assertThat(report.took()).isLessThan(Duration.ofSeconds(5));
        } finally {
            producing.set(false);
            untilEnded(producer);
            untilEnded(answering);
        }
        assertThat(outcomes)
                .extracting(CompletableFuture::join)
                .contains(Outcome.delivered(), CLOSED)
                .isSubsetOf(Outcome.delivered(), CLOSED, Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(relay.ledger().leg("local->target", "target").unknown()).isZero();
        relays.expectWarnings();
    }

    private static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsLeftAtTheLimitIsReportedAndInTheLedger() {
        target.thatHolds();
        Relay relay =
                relays.start(Route.from(source).to(target), Route.from(sessions).to(target));
        source.receive("1");
        source.receive("2");
        until(() -> target.sentTexts().size() == 2);

        DrainReport report = relay.drain(Duration.ofMillis(50));

        assertThat(report.left()).containsOnlyKeys("source->target").containsEntry("source->target", 2L);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.took()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(relay.ledger().leg("source->target", "target").unknown()).isEqualTo(2);
    }

    @Test
    void messageThatIsLeftCountsOnceThoughItIsADeadLetterToo() {
        target.thatHolds();
        TestEndpoint failing = TestEndpoint.named("failing");
        Relay relay =
                relays.start(Route.from(source).name("route").deadLetter(target).to(failing));
        failing.link().answer(Outcome.failed(new IllegalStateException("no")));
        source.receive("1");
        until(() -> target.sentTexts().size() == 1);

        assertThat(relay.drain(Duration.ofMillis(50)).left()).containsExactly(entry("route", 1L));
        relays.expectWarnings();
    }

    @Test
    void copyThatATapTookDoesNotCount() {
        TestEndpoint holding = TestEndpoint.named("holding").thatHolds();
        Relay relay = relays.start(Route.from(source).tap(holding).to(target));
        source.receive("1");
        until(() -> holding.sentTexts().size() == 1 && target.sentTexts().size() == 1);

        assertThat(relay.drain(Duration.ofMillis(50)).isComplete()).isTrue();
    }

    @Test
    void whatASourceOffersDuringTheCloseIsLeft() {
        Relay relay = relays.start(Route.from(sessions).name("route").to(target));
        sessions.link().onClose(() -> {
            sessions.receive("late");
            sessions.receive("later");
        });

        DrainReport report = relay.drain(LONG);

        assertThat(report.left()).containsExactly(entry("route", 2L));
        assertThat(relay.ledger().route("route").dropped()).containsEntry(DropReason.CLOSED, 2L);
        relays.expectWarnings();
    }

    @Test
    void pausedRouteKeepsWhatItHolds() {
        Relay relay = relays.start(Route.from(source).to(target));
        relay.pause("source->target");
        source.receive("1");

        assertThat(relay.drain(Duration.ofMillis(20)).left()).containsEntry("source->target", 1L);

        assertThat(relay.ledger().route("source->target").dropped()).containsEntry(DropReason.CLOSED, 1L);
        relays.expectWarnings();
    }

    @Test
    void handlerCannotDrainItsOwnRelay() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Relay[] relay = new Relay[1];
        local.onMessage(message -> {
            try {
                relay[0].drain(LONG);
            } catch (AraldoException e) {
                refused.set(e);
            }
        });
        relay[0] = relays.start(Route.from(source).to(local));
        source.receive("1");

        until(() -> refused.get() != null);
        assertThat(refused.get()).hasMessageContaining("expected: another thread");
    }

    @Test
    void relayThatIsDrainedIsClosedAndTakesNoRoute() throws Exception {
        Relay relay = relays.start(Route.from(source).to(target));

        assertThat(relay.drain(LONG).left()).isEmpty();

        assertThat(relay.awaitTermination(Duration.ZERO)).isTrue();
        assertThat(relay.drain(LONG).isComplete()).isTrue();
        assertThatThrownBy(() -> relay.add(Route.from(sessions).to(target))).isInstanceOf(AraldoException.class);
        assertThatThrownBy(() -> relay.drain(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
