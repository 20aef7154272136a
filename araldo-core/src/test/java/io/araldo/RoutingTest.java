package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.araldo.testing.ThreadLeakExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ThreadLeakExtension.class)
class RoutingTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final MockEndpoint a = MockEndpoint.create("a");
    private final MockEndpoint b = MockEndpoint.create("b");
    private final MockEndpoint c = MockEndpoint.create("c");

    private static List<String> texts(MockEndpoint endpoint) {
        return endpoint.sent().stream().map(message -> message.payload().text()).toList();
    }

    @Test
    void oneSourceReachesAllTargetsOfItsRoute() {
        relays.start(Route.from(a).to(b, c));

        a.receive("one");

        assertThat(texts(b)).containsExactly("one");
        assertThat(texts(c)).containsExactly("one");
        assertThat(texts(a)).isEmpty();
    }

    @Test
    void manySourcesReachOneTarget() {
        relays.start(Route.from(a).to(c), Route.from(b).to(c));

        a.receive("from a");
        b.receive("from b");

        assertThat(texts(c)).containsExactly("from a", "from b");
    }

    @Test
    void twoRoutesCarryBothWays() {
        relays.start(Route.from(a).to(b), Route.from(b).to(a));

        a.receive("there");
        b.receive("back");

        assertThat(texts(b)).containsExactly("there");
        assertThat(texts(a)).containsExactly("back");
    }

    @Test
    void routeFromAnEndpointToItselfIsLegal() {
        relays.start(Route.from(a).to(a));

        a.receive("echo");

        assertThat(texts(a)).containsExactly("echo");
    }

    @Test
    void endpointInSeveralRoutesIsOpenedOnce() {
        TestEndpoint shared = TestEndpoint.named("shared");
        relays.start(
                Route.from(shared).to(a),
                Route.from(b).to(shared),
                Route.from(c).to(shared));

        assertThat(shared.attempts()).isEqualTo(1);
        assertThat(shared.link().context.receives()).isTrue();
        assertThat(shared.link().context.sends()).isTrue();
    }

    @Test
    void contextTellsWhatTheRoutesWantOfALink() {
        TestEndpoint source = TestEndpoint.named("source");
        TestEndpoint target = TestEndpoint.named("target");
        relays.start(Route.from(source).to(target));

        assertThat(source.link().context.receives()).isTrue();
        assertThat(source.link().context.sends()).isFalse();
        assertThat(target.link().context.receives()).isFalse();
        assertThat(target.link().context.sends()).isTrue();
        assertThat(target.link().context.relay()).isEqualTo("r");
    }

    @Test
    void whatAnUnreadEndpointReceivesIsFiltered() {
        TestEndpoint target = TestEndpoint.named("target");
        relays.start(Route.from(a).to(target));

        TestLink.Received received = target.receive("nobody reads this");

        assertThat(received.now()).isEqualTo(Outcome.filtered());
        assertThat(received.ready()).isCompleted();
    }

    @Test
    void messagesOfOneSourceKeepTheirOrderOverLanes() {
        LocalEndpoint in = LocalEndpoint.create("in");
        LocalEndpoint out = LocalEndpoint.create("out");
        List<String> arrived = new CopyOnWriteArrayList<>();
        out.onMessage(message -> arrived.add(message.payload().text()));
        relays.start(
                Route.from(in).filter(message -> true).queue(16, Overflow.BLOCK).to(out));
        List<String> sent = IntStream.range(0, 2_000).mapToObj(String::valueOf).toList();

        sent.forEach(in::send);

        until(() -> arrived.size() == sent.size());
        assertThat(arrived).isEqualTo(sent);
    }

    @Test
    void eachOfManySourcesKeepsItsOrderThroughOneRoute() throws InterruptedException {
        TestEndpoint source = TestEndpoint.named("source");
        TestEndpoint target = TestEndpoint.named("target");
        int count = 3_000;
        relays.start(Route.from(source).queue(3 * count, Overflow.DROP_NEWEST).to(target));
        List<Thread> sessions = new ArrayList<>();
        for (String session : List.of("x", "y", "z")) {
            sessions.add(new Thread(() -> IntStream.range(0, count)
                    .forEach(i -> source.link().receiveFrom(session, Message.text(session + i)))));
        }

        sessions.forEach(Thread::start);
        for (Thread session : sessions) {
            session.join();
        }

        until(() -> target.sentTexts().size() == 3 * count);
        for (String session : List.of("x", "y", "z")) {
            assertThat(target.sentTexts().stream().filter(text -> text.startsWith(session)))
                    .isEqualTo(
                            IntStream.range(0, count).mapToObj(i -> session + i).toList());
        }
    }

    @Test
    void oneFlushFollowsABatch() {
        SteppedExecutor lanes = new SteppedExecutor();
        LocalEndpoint in = LocalEndpoint.create("in");
        TestEndpoint target = TestEndpoint.named("target");
        relays.start(lanes, new ManualTime(), Route.from(in).to(target));
        IntStream.range(0, 10).forEach(i -> in.send("m" + i));

        lanes.runAll();

        assertThat(target.link().sent).hasSize(10);
        assertThat(target.link().flushes).hasValue(1);
    }

    @Test
    void whatComesInDuringTheStartWaitsForIt() {
        LocalEndpoint in = LocalEndpoint.create("in");
        TestEndpoint target = TestEndpoint.named("target");
        target.opening(link -> {
            until(() -> !in.send("early").toCompletableFuture().isDone());
            return TestEndpoint.Opening.atOnce().open(link);
        });
        relays.start(Route.from(in).to(target));

        until(() -> !target.sentTexts().isEmpty());
        assertThat(target.sentTexts()).containsExactly("early");
    }

    /** Each message comes at the moment in which the lane has done with the one before, and looks for more. */
    @Test
    void laneThatFallsIdleForgetsNoMessage() {
        LocalEndpoint in = LocalEndpoint.create("in");
        relays.start(Route.from(in).filter(message -> false).to(a));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);

        for (int i = 0; i < 30_000; i++) {
            CompletableFuture<Outcome> outcome = in.send("m").toCompletableFuture();
            while (!outcome.isDone()) {
                if (System.nanoTime() - deadline > 0) {
                    fail("message " + i + " has no outcome");
                }
                Thread.onSpinWait();
            }
        }
    }
}
