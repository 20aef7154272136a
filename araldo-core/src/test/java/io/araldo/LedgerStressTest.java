package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads, all policies, steps that fail, targets that answer late, twice, wrongly or never, links that are lost:
 * every message is told exactly one outcome, and the ledger knows of each. What a thread does follows from the seed; how
 * the threads meet does not.
 */
@ExtendWith(ThreadLeakExtension.class)
class LedgerStressTest {
    private static final Duration LENGTH = Duration.ofMillis(1_500);

    @RegisterExtension
    final Relays relays = new Relays();

    private final List<LocalEndpoint> producers = List.of(LocalEndpoint.create("p1"), LocalEndpoint.create("p2"));
    private final TestEndpoint channel = TestEndpoint.named("channel");
    private final TestEndpoint moody = TestEndpoint.named("moody").thatHolds();
    private final TestEndpoint shaky = TestEndpoint.named("shaky");
    private final MockEndpoint steady = MockEndpoint.create("steady");
    private final LocalEndpoint handler = LocalEndpoint.create("handler");

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong toldTwice = new AtomicLong();
    private final Map<Outcome.Kind, AtomicLong> told = new ConcurrentHashMap<>();
    private volatile boolean goesOn = true;

    private Relay start() {
        handler.onMessage(message -> {
            if (message.payload().size() % 5 == 0) {
                throw new IllegalStateException("five");
            }
        });
        RelayBuilder builder = relays.builder(
                        Route.from(producers.get(0))
                                .name("block")
                                .queue(16, Overflow.BLOCK)
                                .timeout(Duration.ofMillis(200))
                                .to(moody, steady),
                        Route.from(producers.get(0))
                                .name("beside")
                                .filter(message -> message.payload().size() % 3 != 0)
                                .queue(8, Overflow.DROP_OLDEST)
                                .to(handler),
                        Route.from(producers.get(1))
                                .name("bytes")
                                .queue(1_000, Overflow.BLOCK)
                                .queueBytes(300)
                                .timeout(Duration.ofMillis(200))
                                .to(
                                        Router.byKeyHash(
                                                message -> message.payload().size()),
                                        moody,
                                        shaky,
                                        handler),
                        Route.from(channel)
                                .name("plain")
                                .queue(8, Overflow.DROP_NEWEST)
                                .timeout(Duration.ofMillis(200))
                                .to(moody, shaky),
                        Route.from(channel)
                                .name("mapped")
                                .map(message -> message.payload().size() % 7 == 0 ? null : message)
                                .queue(8, Overflow.DROP_OLDEST)
                                .to(steady, handler))
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1)));
        return relays.start(builder);
    }

    private Acknowledgement counting() {
        sent.incrementAndGet();
        AtomicInteger answers = new AtomicInteger();
        return outcome -> {
            if (answers.incrementAndGet() == 1) {
                told.computeIfAbsent(outcome.kind(), kind -> new AtomicLong()).incrementAndGet();
            } else {
                toldTwice.incrementAndGet();
            }
        };
    }

    private void produce(LocalEndpoint producer, Random random) {
        while (goesOn) {
            Acknowledgement count = counting();
            producer.send("x".repeat(random.nextInt(50))).thenAccept(count::acknowledge);
        }
    }

    private void publish(Random random) {
        while (goesOn) {
            channel.link()
                    .inbox
                    .received(
                            Message.text("x".repeat(random.nextInt(50)))
                                    .withOrigin(channel.link().context.origin(null, null)),
                            counting());
        }
    }

    /** Answers what the moody endpoint was sent: late, twice, wrongly or never, and in any order. */
    private void answer(Queue<TestLink.Sent> pending, Random random) {
        while (goesOn || !pending.isEmpty()) {
            TestLink.Sent one = pending.poll();
            if (one == null) {
                Thread.onSpinWait();
                continue;
            }
            switch (random.nextInt(100)) {
                case 0 -> {}
                case 1 -> one.acknowledgement().acknowledge(Outcome.failed(new IllegalStateException("moody")));
                case 2 -> one.acknowledgement().acknowledge(Outcome.dropped(DropReason.TOO_LARGE));
                case 3 -> one.acknowledgement().acknowledge(Outcome.filtered());
                case 4 -> {
                    one.acknowledgement().acknowledge(Outcome.delivered());
                    one.acknowledgement().acknowledge(Outcome.unknown());
                }
                case 5 -> pending.add(one);
                default -> one.acknowledgement().acknowledge(Outcome.delivered());
            }
        }
    }

    private void shake(Random random) {
        while (goesOn) {
            int attempts = shaky.attempts();
            shaky.link().lose("shaken " + random.nextInt());
            until(() -> shaky.attempts() > attempts || !goesOn);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122})
    void everyMessageIsToldOneOutcomeAndTheLedgerKnowsOfEach(long seed) {
        relays.expectWarnings();
        Queue<TestLink.Sent> pending = new ConcurrentLinkedQueue<>();
        moody.handingTo(pending::add);
        shaky.handingTo(one -> {});
        Relay relay = start();
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        threads.add(new Thread(() -> produce(producers.get(0), new Random(seed))));
        threads.add(new Thread(() -> produce(producers.get(0), new Random(seed + 1))));
        threads.add(new Thread(() -> produce(producers.get(1), new Random(seed + 2))));
        threads.add(new Thread(() -> publish(new Random(seed + 3))));
        threads.add(new Thread(() -> answer(pending, new Random(seed + 4))));
        threads.add(new Thread(() -> shake(new Random(seed + 5))));
        threads.forEach(Thread::start);

        until(() -> System.nanoTime() - begin > LENGTH.toNanos());
        goesOn = false;
        threads.forEach(Waiting::untilEnded);

        Waiting.untilAsserted(() -> assertThat(
                        told.values().stream().mapToLong(AtomicLong::get).sum())
                .as(() -> told + " of what is in " + relay.ledger())
                .isEqualTo(sent.get()));
        relay.ledger().assertConserved();
        assertThat(toldTwice).hasValue(0);
        assertThat(told.keySet())
                .contains(Outcome.Kind.DELIVERED, Outcome.Kind.DROPPED, Outcome.Kind.FAILED, Outcome.Kind.UNKNOWN);
        relay.ledger().routes().forEach((name, route) -> {
            assertThat(route.waiting()).as(name).isZero();
            route.legs()
                    .values()
                    .forEach(leg -> assertThat(leg.inFlight()).as(name).isZero());
        });
        assertThat(receivedBySources(relay)).isEqualTo(sent.get());
    }

    private static long receivedBySources(Relay relay) {
        return relay.ledger().endpoints().values().stream()
                .mapToLong(Ledger.EndpointCount::received)
                .sum();
    }
}
