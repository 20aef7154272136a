package io.araldo;

import static io.araldo.Waiting.until;
import static io.araldo.Waiting.untilEnded;
import static io.araldo.Waiting.untilWaiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a full route holds its source back. */
@ExtendWith(ThreadLeakExtension.class)
class BlockTest {
    private static final Outcome OVERFLOW = Outcome.dropped(DropReason.OVERFLOW);

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint patient = TestEndpoint.thatCanWait("patient");
    private final LocalEndpoint in = LocalEndpoint.create("in");
    private final TestEndpoint out = TestEndpoint.named("out").thatHolds();

    /** A thread of the application that sends these, and goes on when it may. */
    private Thread producer(List<CompletableFuture<Outcome>> outcomes, String... texts) {
        Thread thread = new Thread(() -> {
            for (String text : texts) {
                outcomes.add(in.send(text).toCompletableFuture());
            }
        });
        thread.start();
        return thread;
    }

    private void answer(int... indexes) {
        for (int index : indexes) {
            out.link().acknowledge(index, Outcome.delivered());
        }
    }

    @Test
    void sourceIsHeldBackFromTheLastPlaceUntilHalfIsFree() {
        relays.start(Route.from(patient).queue(4, Overflow.BLOCK).to(out));
        for (String text : List.of("1", "2", "3")) {
            assertThat(patient.receive(text).ready()).isCompleted();
        }

        CompletableFuture<Void> ready = patient.receive("4").ready();

        assertThat(ready).isNotDone();
        answer(0);
        assertThat(ready).isNotDone();
        answer(1);
        assertThat(ready).isCompleted();
        assertThat(patient.receive("5").ready()).isCompleted();
        answer(2, 3, 4);
    }

    @Test
    void sourceIsHeldBackByBytesUntilHalfIsFree() {
        relays.start(
                Route.from(patient).queue(100, Overflow.BLOCK).queueBytes(12).to(out));
        assertThat(patient.receive("aaaa").ready()).isCompleted();
        assertThat(patient.receive("bbbb").ready()).isCompleted();

        CompletableFuture<Void> ready = patient.receive("cccc").ready();

        assertThat(ready).isNotDone();
        answer(0);
        assertThat(ready).isNotDone();
        answer(1);
        assertThat(ready).isCompleted();
        answer(2);
    }

    @Test
    void messageThatDoesNotFitIsTakenAndHoldsItsSourceBack() {
        relays.start(
                Route.from(patient).queue(100, Overflow.BLOCK).queueBytes(12).to(out));
        assertThat(patient.receive("aaaa").ready()).isCompleted();

        CompletableFuture<Void> ready =
                patient.receive("larger than what is free").ready();

        assertThat(ready).isNotDone();
        answer(0);
        assertThat(ready).as("the large one alone is more than half").isNotDone();
        answer(1);
        assertThat(ready).isCompleted();
    }

    @Test
    void whatComesInSpiteOfAFullRouteIsTakenAndNotDropped() {
        Relay relay = relays.start(
                Route.from(patient).name("route").queue(1, Overflow.BLOCK).to(out));

        TestLink.Received first = patient.receive("1");
        TestLink.Received second = patient.receive("2");

        assertThat(first.ready()).isNotDone();
        assertThat(second.ready()).isNotDone();
        assertThat(relay.ledger().route("route").dropped()).isEmpty();
        answer(0);
        assertThat(second.ready()).isNotDone();
        answer(1);
        assertThat(first.ready()).isCompleted();
        assertThat(second.ready()).isCompleted();
        assertThat(second.now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void sourceWaitsForEachOfItsBlockingRoutes() {
        TestEndpoint other = TestEndpoint.named("other").thatHolds();
        TestEndpoint third = TestEndpoint.named("third").thatHolds();
        relays.start(
                Route.from(patient).queue(1, Overflow.BLOCK).to(out),
                Route.from(patient).queue(1, Overflow.BLOCK).to(other),
                Route.from(patient).queue(1, Overflow.DROP_NEWEST).to(third));

        CompletableFuture<Void> first = patient.receive("1").ready();
        answer(0);
        assertThat(first).isNotDone();
        other.link().acknowledge(0, Outcome.delivered());
        assertThat(first).isCompleted();
        third.link().acknowledge(0, Outcome.delivered());

        CompletableFuture<Void> second = patient.receive("2").ready();
        other.link().acknowledge(1, Outcome.delivered());
        assertThat(second).isNotDone();
        answer(1);
        assertThat(second).isCompleted();
        third.link().acknowledge(1, Outcome.delivered());
    }

    @Test
    void sourceThatMayBeHeldBackIsByDefault() {
        assertThat(Route.from(patient).to(out).overflow()).isEqualTo(Overflow.BLOCK);
        assertThat(Route.from(in).to(out).overflow()).isEqualTo(Overflow.BLOCK);
        assertThat(Route.from(out).to(patient).overflow()).isEqualTo(Overflow.DROP_OLDEST);
    }

    @Test
    void applicationThreadWaitsUntilHalfIsFree() {
        relays.start(Route.from(in).queue(2, Overflow.BLOCK).to(out));
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();

        Thread producer = producer(outcomes, "1", "2");

        untilWaiting(producer);
        until(() -> out.sentTexts().size() == 2);
        assertThat(outcomes).hasSize(1);
        answer(0);
        untilEnded(producer);
        assertThat(outcomes).hasSize(2);
        answer(1);
        assertThat(outcomes).allMatch(outcome -> outcome.getNow(null).equals(Outcome.delivered()));
    }

    @Test
    void handlerNeverWaitsAndItsMessageIsDroppedInstead() {
        assertThatHandlersDoNotWait(relays.builder());
    }

    private void assertThatHandlersDoNotWait(RelayBuilder builder) {
        LocalEndpoint handling = LocalEndpoint.create("handling");
        MockEndpoint trigger = MockEndpoint.create("trigger");
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();
        handling.onMessage(message -> {
            outcomes.add(in.send("first").toCompletableFuture());
            outcomes.add(in.send("second").toCompletableFuture());
        });
        relays.start(builder.route(
                Route.from(in).name("full").queue(1, Overflow.BLOCK).to(out),
                Route.from(trigger).to(handling)));

        CompletableFuture<Outcome> handled = trigger.receive("go").toCompletableFuture();

        until(handled::isDone);
        until(() -> out.sentTexts().size() == 1);
        assertThat(outcomes.get(0)).isNotDone();
        assertThat(outcomes.get(1)).isCompletedWithValue(OVERFLOW);
        relays.awaitWarning("relay 'r', 'full': a message dropped: OVERFLOW");
        answer(0);
        assertThat(outcomes.get(0)).isCompletedWithValue(Outcome.delivered());
    }

    @Test
    void consumerOfEventsNeverWaits() {
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();
        relays.start(relays.builder(Route.from(in).queue(1, Overflow.BLOCK).to(out))
                .events(event -> {
                    if (event instanceof RelayEvent.RelayStarted) {
                        outcomes.add(in.send("first").toCompletableFuture());
                        outcomes.add(in.send("second").toCompletableFuture());
                    }
                }));

        until(() -> outcomes.size() == 2);
        assertThat(outcomes.get(1)).isCompletedWithValue(OVERFLOW);
        relays.awaitWarning("a message dropped: OVERFLOW");
        until(() -> out.sentTexts().size() == 1);
        answer(0);
    }

    @Test
    void interruptEndsTheWaitAndIsKept() {
        relays.start(Route.from(in).queue(1, Overflow.BLOCK).to(out));
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();
        Thread producer = new Thread(() -> {
            outcomes.add(in.send("1").toCompletableFuture());
            flag.complete(Thread.currentThread().isInterrupted());
        });
        producer.start();
        untilWaiting(producer);

        producer.interrupt();

        untilEnded(producer);
        assertThat(flag).isCompletedWithValue(true);
        until(() -> out.sentTexts().size() == 1);
        answer(0);
        assertThat(outcomes.get(0)).isCompletedWithValue(Outcome.delivered());
    }

    @Test
    void closingTheRelayLetsProducersGo() {
        relays.expectWarnings();
        Relay relay = relays.start(Route.from(in).queue(1, Overflow.BLOCK).to(out));
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();
        Thread first = producer(outcomes, "1");
        Thread second = producer(outcomes, "2");
        untilWaiting(first);
        untilWaiting(second);

        relay.close();

        untilEnded(first);
        untilEnded(second);
        assertThat(outcomes).hasSize(2).allMatch(CompletableFuture::isDone);
    }

    @Test
    void closingTheRelayLetsProducersGoWhoseMessagesStillWait() {
        relays.expectWarnings();
        SteppedExecutor lanes = new SteppedExecutor();
        Relay relay =
                relays.start(lanes, Route.from(in).queue(1, Overflow.BLOCK).to(out));
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();
        Thread producer = producer(outcomes, "1");
        untilWaiting(producer);

        relay.close();

        untilEnded(producer);
        assertThat(outcomes.get(0)).isCompletedWithValue(Outcome.dropped(DropReason.CLOSED));
    }

    @Test
    void handlerOnAnExecutorOfTheUsersNeverWaitsEither() {
        ExecutorService single = Executors.newSingleThreadExecutor();
        try {
            assertThatHandlersDoNotWait(relays.builder().executor(single));
        } finally {
            single.shutdown();
        }
    }

    @Test
    void threadThatRanALaneMayWaitAgainAfterwards() {
        SteppedExecutor lanes = new SteppedExecutor();
        relays.start(
                lanes,
                Route.from(in).queue(1, Overflow.BLOCK).to(out),
                Route.from(patient).filter(message -> false).to(out));
        patient.receive("1");
        Thread borrowed = new Thread(() -> {
            lanes.runAll();
            in.send("2");
        });
        borrowed.start();

        untilWaiting(borrowed);

        lanes.runAll();
        answer(0);
        untilEnded(borrowed);
    }

    @Test
    void threadOfATransportThatAnswersNeverWaits() {
        relays.expectWarnings();
        relays.start(Route.from(in).queue(2, Overflow.BLOCK).to(out));
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();
        in.send("1")
                .thenAccept(answered -> List.of("2", "3", "4")
                        .forEach(text -> outcomes.add(in.send(text).toCompletableFuture())));
        until(() -> out.sentTexts().size() == 1);
        CompletableFuture<Boolean> isStillLent = new CompletableFuture<>();
        Thread transport = new Thread(() -> {
            answer(0);
            isStillLent.complete(RelayThread.isCurrent());
        });

        transport.start();

        untilEnded(transport);
        assertThat(isStillLent).isCompletedWithValue(false);
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(2)).isCompletedWithValue(OVERFLOW);
        until(() -> out.sentTexts().size() == 3);
        answer(1, 2);
        assertThat(outcomes.get(1)).isCompletedWithValue(Outcome.delivered());
    }

    @Test
    void threadThatTellsOfATimeOutNeverWaits() {
        relays.expectWarnings();
        relays.start(Route.from(in).queue(2, Overflow.BLOCK).to(out));
        CompletableFuture<Outcome> second = new CompletableFuture<>();
        CompletableFuture<Outcome> third = new CompletableFuture<>();
        in.request(Message.text("1"), Duration.ofMillis(50)).exceptionally(late -> {
            in.send("2").thenAccept(second::complete);
            in.send("3").thenAccept(third::complete);
            return Message.text("");
        });

        until(third::isDone);

        assertThat(third).isCompletedWithValue(OVERFLOW);
        until(() -> out.sentTexts().size() == 2);
        answer(0, 1);
        assertThat(second).isCompletedWithValue(Outcome.delivered());
    }

    @Test
    void routesThatHaveRoomTakeWhatAFullOneDrops() {
        TestEndpoint other = TestEndpoint.named("other");
        Relay relay = relays.start(
                Route.from(in).name("full").queue(1, Overflow.BLOCK).to(out),
                Route.from(in).name("free").queue(3, Overflow.BLOCK).to(other));
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();
        Thread.currentThread().interrupt();
        try {
            outcomes.add(in.send("1").toCompletableFuture());
            outcomes.add(in.send("2").toCompletableFuture());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        until(() ->
                other.sentTexts().equals(List.of("1", "2")) && out.sentTexts().equals(List.of("1")));
        until(outcomes.get(1)::isDone);
        assertThat(outcomes.get(1)).isCompletedWithValue(OVERFLOW);
        assertThat(relay.ledger().route("full").dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 1L));
        relays.awaitWarning("relay 'r', 'full': a message dropped: OVERFLOW");
        answer(0);
    }

    @Test
    void interruptedThreadDoesNotFillTheRoute() {
        Relay relay = relays.start(
                Route.from(in).name("route").queue(1, Overflow.BLOCK).to(out));
        List<CompletableFuture<Outcome>> outcomes = new CopyOnWriteArrayList<>();
        Thread.currentThread().interrupt();
        try {
            for (int i = 0; i < 100; i++) {
                outcomes.add(in.send("m" + i).toCompletableFuture());
            }
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        relays.awaitWarning("relay 'r', 'route': a message dropped: OVERFLOW");
        relays.expectWarnings();
        Ledger.RouteCount count = relay.ledger().route("route");
        assertThat(count.received()).isEqualTo(100);
        assertThat(count.dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 99L));
        assertThat(outcomes.subList(1, 100))
                .allMatch(outcome -> outcome.getNow(null).equals(OVERFLOW));
        until(() -> out.sentTexts().size() == 1);
        answer(0);
    }
}
