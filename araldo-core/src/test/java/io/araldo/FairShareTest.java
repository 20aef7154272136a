package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session that floods a route which holds its sources back is held back alone. */
@ExtendWith(ThreadLeakExtension.class)
class FairShareTest {
    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint clients = TestEndpoint.thatCanWait("clients");
    private final TestEndpoint out = TestEndpoint.named("out").thatHolds();

    /** How many of the oldest have an answer. */
    private int answered;

    private CompletableFuture<Void> receive(String session, String text) {
        return clients.link().receiveFrom(session, Message.text(text)).ready();
    }

    private CompletableFuture<Void> receive(String session, int count) {
        CompletableFuture<Void> last = NOW;
        for (int i = 0; i < count; i++) {
            last = receive(session, session);
        }
        return last;
    }

    private void receiveWithoutSession(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(clients.receive("none").ready()).isCompleted();
        }
    }

    private void answer(int... indexes) {
        for (int index : indexes) {
            out.link().acknowledge(index, Outcome.delivered());
        }
    }

    private void answerAll() {
        answer(IntStream.range(0, out.link().sent.size()).toArray());
    }

    private void answerOldest(int count) {
        answer(IntStream.range(answered, answered + count).toArray());
        answered += count;
    }

    private RouteBuilder route(int capacity) {
        return Route.from(clients).name("route").queue(capacity, Overflow.BLOCK);
    }

    @Test
    void sessionThatHasAsMuchAsIsFreeIsHeldUntilItHasLessThanAThirdOfThat() {
        relays.start(route(8).to(out));
        assertThat(receive("flood", 3)).isCompleted();

        CompletableFuture<Void> held = receive("flood", 1);

        assertThat(held).isNotDone();
        assertThat(receive("flood", 1)).as("one more of the same read").isNotDone();
        answer(0, 1, 2);
        assertThat(held).isNotDone();
        answer(3);
        assertThat(held).isCompleted();
        assertThat(receive("flood", 1)).isCompleted();
        answerAll();
    }

    @Test
    void othersGoOnWhileItIsHeld() {
        Relay relay = relays.start(route(16).to(out));
        CompletableFuture<Void> held = receive("flood", 8);

        assertThat(receive("polite", 1)).isCompleted();
        assertThat(receive("friendly", 2)).isCompleted();
        answer(8, 9, 10);
        assertThat(receive("polite", 3)).isCompleted();

        assertThat(held).isNotDone();
        assertThat(relay.ledger().route("route").received()).isEqualTo(14);
        answerAll();
        assertThat(held).isCompleted();
    }

    @Test
    void eachOfSeveralFloodsIsHeldAloneAndOthersGoOn() {
        relays.start(route(32).to(out));

        assertThat(receive("a", 15)).isCompleted();
        CompletableFuture<Void> a = receive("a", 1);
        assertThat(receive("b", 7)).isCompleted();
        CompletableFuture<Void> b = receive("b", 1);
        assertThat(receive("c", 3)).isCompleted();
        CompletableFuture<Void> c = receive("c", 1);

        assertThat(List.of(a, b, c)).noneMatch(CompletableFuture::isDone);
        assertThat(receive("polite", 1)).isCompleted();
        answer(IntStream.range(0, 16).toArray());
        assertThat(a).isCompleted();
        assertThat(List.of(b, c)).as("their own are unfinished").noneMatch(CompletableFuture::isDone);
        answerAll();
        assertThat(List.of(b, c)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void politeSessionIsNeverHeldByFloodsThatGoOnAsSoonAsTheyMay() {
        relays.start(route(64).to(out));
        List<String> floods = List.of("a", "b", "c", "d", "e");
        Map<String, CompletableFuture<Void>> ready = new HashMap<>();
        Map<String, Integer> sent = new HashMap<>();

        for (int round = 0; round < 1_000; round++) {
            for (int turn = 0; turn < 64; turn++) {
                for (String flood : floods) {
                    if (ready.getOrDefault(flood, NOW).isDone()) {
                        ready.put(flood, receive(flood, 1));
                        sent.merge(flood, 1, Integer::sum);
                    }
                }
            }
            if (round % 4 == 0) {
                assertThat(receive("polite", 1)).as("in round %s", round).isCompleted();
            }
            answerOldest(8);
        }

        assertThat(sent.values()).as("fair to the floods, too").allMatch(count -> count > 1_000 && count < 1_800);
        answerAll();
    }

    /** Each takes all it may at once, so that the last to begin leaves next to nothing, until what they took is through. */
    @Test
    void floodsThatBeginAtOnceHoldOthersOnlyUntilWhatTheyTookIsThrough() {
        relays.start(route(64).to(out));
        Map<String, CompletableFuture<Void>> ready = new HashMap<>();
        CompletableFuture<Void> polite = NOW;

        for (int round = 0; round < 500; round++) {
            for (String flood : List.of("a", "b", "c", "d", "e")) {
                while (ready.getOrDefault(flood, NOW).isDone()) {
                    ready.put(flood, receive(flood, 1));
                }
            }
            if (round % 4 == 0 && polite.isDone()) {
                polite = receive("polite", 1);
            }
            if (round >= 64 / 8) {
                assertThat(polite).as("in round %s", round).isCompleted();
            }
            answerOldest(8);
        }

        answerAll();
    }

    @Test
    void sessionThatWasHeldWithAllOthersGoesOnWithThem() {
        relays.start(route(8).to(out));
        receive("flood", 4);
        receiveWithoutSession(3);
        CompletableFuture<Void> held = receive("b", 1);
        assertThat(held).isNotDone();

        answer(0, 1, 2, 3);
        assertThat(held).isCompleted();

        assertThat(receive("b", 1)).as("nothing else holds it").isCompleted();
        answerAll();
    }

    @Test
    void bytesAreSharedAsMessagesAre() {
        relays.start(route(100).queueBytes(16).to(out));
        assertThat(receive("flood", "aaaa")).isCompleted();

        CompletableFuture<Void> held = receive("flood", "aaaa");

        assertThat(held).isNotDone();
        assertThat(receive("polite", "bbb")).isCompleted();
        answer(0);
        assertThat(held).as("a quarter is not less than a quarter").isNotDone();
        answer(1);
        assertThat(held).isCompleted();
        answerAll();
    }

    @Test
    void everybodyIsHeldWhenTheRouteIsFull() {
        relays.start(route(8).to(out));
        CompletableFuture<Void> flood = receive("flood", 4);
        receiveWithoutSession(3);

        CompletableFuture<Void> held = receive("friendly", 1);

        assertThat(held).isNotDone();
        assertThat(receive("polite", 1)).isNotDone();
        answer(0, 1, 2, 3);
        assertThat(flood).isCompleted();
        assertThat(held).as("five of eight are unfinished").isNotDone();
        answer(4);
        assertThat(held).isCompleted();
        answerAll();
    }

    @Test
    void whatHasNoSessionHasAllTheRoom() {
        relays.start(route(4).to(out));

        assertThat(clients.receive("1").ready()).isCompleted();
        assertThat(clients.receive("2").ready()).isCompleted();
        assertThat(clients.receive("3").ready()).isCompleted();
        assertThat(clients.receive("4").ready()).isNotDone();
        answerAll();
    }

    @Test
    void routeThatDropsHoldsNobody() {
        relays.expectWarnings();
        relays.start(Route.from(clients).queue(4, Overflow.DROP_NEWEST).to(out));

        assertThat(receive("flood", 10)).isCompleted();

        answerAll();
    }

    @Test
    void closingTheRelayLetsItGo() {
        relays.expectWarnings();
        SteppedExecutor lanes = new SteppedExecutor();
        Relay relay = relays.start(lanes, route(8).filter(message -> true).to(out));
        CompletableFuture<Void> held = receive("flood", 4);
        assertThat(held).isNotDone();

        relay.close();

        assertThat(held).isCompleted();
        lanes.runAll();
    }

    @Test
    void oneSessionAloneGetsEverythingThrough() {
        for (int capacity : new int[] {1, 2, 3, 100}) {
            assertThatAllPass(capacity, 1_000);
        }
    }

    private void assertThatAllPass(int capacity, int count) {
        LocalEndpoint target = LocalEndpoint.create("target");
        TestEndpoint source = TestEndpoint.thatCanWait("source");
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        List<Integer> tooMany = new CopyOnWriteArrayList<>();
        target.onMessage(message -> {
            int ahead = given.get() - handled.getAndIncrement();
            if (ahead > Math.max(1, (capacity + 1) / 2)) {
                tooMany.add(ahead);
            }
        });
        try (Relay relay = relays.builder(
                        Route.from(source).queue(capacity, Overflow.BLOCK).to(target))
                .start()) {
            for (int i = 0; i < count; i++) {
                given.incrementAndGet();
                Waiting.result(source.link()
                        .receiveFrom("flood", Message.text("m" + i))
                        .ready());
            }
            until(() -> handled.get() == count);
        }
        assertThat(tooMany).as("ahead with a capacity of %s", capacity).isEmpty();
    }

    @Test
    void sessionsThatHaveNothingUnfinishedAreForgotten() {
        Shares shares = new Shares();
        for (int i = 0; i < 1_000; i++) {
            shares.add("s" + i, 0, 8, 8);
        }
        assertThat(shares.size()).isEqualTo(1_000);

        for (int i = 0; i < 1_000; i++) {
            shares.remove("s" + i, 0, 8, 8);
        }

        assertThat(shares.size()).isLessThanOrEqualTo(64);
    }
}
