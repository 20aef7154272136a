package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.List;
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
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint clients = TestEndpoint.thatCanWait("clients");
    private final TestEndpoint out = TestEndpoint.named("out").thatHolds();

    private CompletableFuture<Void> receive(String session, String text) {
        return clients.link().receiveFrom(session, Message.text(text)).ready();
    }

    private CompletableFuture<Void> receive(String session, int count) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            last = receive(session, session);
        }
        return last;
    }

    private void answer(int... indexes) {
        for (int index : indexes) {
            out.link().acknowledge(index, Outcome.delivered());
        }
    }

    private void answerAll() {
        answer(IntStream.range(0, out.link().sent.size()).toArray());
    }

    private RouteBuilder route(int capacity) {
        return Route.from(clients).name("route").queue(capacity, Overflow.BLOCK);
    }

    @Test
    void sessionThatHasHalfOfTheRoomIsHeldUntilItHasLessThanAQuarter() {
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
        Relay relay = relays.start(route(8).to(out));
        CompletableFuture<Void> held = receive("flood", 4);

        assertThat(receive("polite", 1)).isCompleted();
        assertThat(receive("friendly", 2)).isCompleted();
        answer(4, 5, 6);
        assertThat(receive("polite", 3)).isCompleted();

        assertThat(held).isNotDone();
        assertThat(relay.ledger().route("route").received()).isEqualTo(10);
        answerAll();
        assertThat(held).isCompleted();
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
        assertThat(receive("polite", 3)).isCompleted();

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
        Shares shares = new Shares(8, 8);
        for (int i = 0; i < 1_000; i++) {
            shares.add("s" + i, 0);
        }
        assertThat(shares.size()).isEqualTo(1_000);

        for (int i = 0; i < 1_000; i++) {
            shares.remove("s" + i, 0);
        }

        assertThat(shares.size()).isLessThanOrEqualTo(64);
    }
}
