package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbered senders, four routes, links that come and go: what arrives is in order, for each session and route. */
@ExtendWith(ThreadLeakExtension.class)
class OrderTest {
    private static final int SESSIONS = 6;
    private static final int MESSAGES = 5_000;
    private static final Backoff SHORT = Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1));

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.thatCanWait("source");
    private final Map<String, List<Integer>> arrived = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger(SESSIONS);

    private TestEndpoint target(String name) {
        return TestEndpoint.named(name).handingTo(sent -> {
            String[] parts = sent.text().split(" ", 2);
            arrived.computeIfAbsent(name + " " + parts[0], key -> new ArrayList<>())
                    .add(Integer.valueOf(parts[1]));
        });
    }

    private void send(int session) {
        for (int i = 0; i < MESSAGES; i++) {
            source.link()
                    .receiveFrom("s" + session, Message.text(session + " " + i))
                    .ready()
                    .join();
        }
        running.decrementAndGet();
    }

    @Test
    void nothingOvertakesAnything() {
        relays.expectWarnings();
        List<TestEndpoint> targets =
                List.of(target("plain"), target("stepped"), target("tried-again"), target("dropping"));
        Relay relay = relays.start(relays.builder(
                        Route.from(source).to(targets.get(0)),
                        Route.from(source)
                                .queue(64, Overflow.BLOCK)
                                .map(message -> message.withHeader("h", "v"))
                                .to(targets.get(1)),
                        Route.from(source)
                                .queue(64, Overflow.BLOCK)
                                .retry(5, SHORT)
                                .to(targets.get(2)),
                        Route.from(source).queue(64, Overflow.DROP_OLDEST).to(targets.get(3)))
                .backoff(SHORT));
        List<Thread> senders = IntStream.range(0, SESSIONS)
                .mapToObj(i -> new Thread(() -> send(i), "sender-" + i))
                .toList();
        senders.forEach(Thread::start);
        while (running.get() > 0) {
            for (TestEndpoint target : targets) {
                int attempts = target.attempts();
                target.link().lose("shaken");
                until(() -> target.attempts() > attempts);
            }
        }
        senders.forEach(Waiting::untilEnded);
        until(() -> relay.ledger().routes().values().stream().allMatch(route -> route.waiting() == 0));

        assertThat(arrived).hasSize(targets.size() * SESSIONS);
        arrived.forEach((where, numbers) ->
                assertThat(numbers).as(where).isNotEmpty().isSorted().doesNotHaveDuplicates());
    }
}
