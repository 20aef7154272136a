package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads, all steps, retries and dead letters, targets that fail, answer late or never, and links that are lost:
 * no message is lost count of. What a thread does follows from the seed; how the threads meet does not.
 */
@ExtendWith(ThreadLeakExtension.class)
class StepStressTest {
    private static final Duration LENGTH = Duration.ofMillis(1_500);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Backoff SHORT = Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(2));

    @RegisterExtension
    final Relays relays = new Relays();

    private final LocalEndpoint producer = LocalEndpoint.create("producer");
    private final TestEndpoint channel = TestEndpoint.named("channel");
    private final TestEndpoint moody = TestEndpoint.named("moody").thatHolds();
    private final TestEndpoint shaky = TestEndpoint.named("shaky");
    private final TestEndpoint dead = TestEndpoint.named("dead");
    private final TestEndpoint tapped = TestEndpoint.named("tapped");
    private final LocalEndpoint handler = LocalEndpoint.create("handler");

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong toldTwice = new AtomicLong();
    private final Map<Outcome.Kind, AtomicLong> told = new ConcurrentHashMap<>();
    private volatile boolean goesOn = true;

    private static Message fragile(Message message) {
        if (message.payload().size() % 11 == 10) {
            throw new AssertionError("eleven");
        }
        return message;
    }

    private static List<Message> halves(Message message) {
        return Collections.nCopies(message.payload().size() % 4, message);
    }

    private Relay start() {
        handler.onMessage(StepStressTest::fragile);
        return relays.start(relays.builder(
                        Route.from(producer)
                                .name("everything")
                                .queue(16, Overflow.BLOCK)
                                .timeout(PATIENCE)
                                .tap(tapped)
                                .dedupe(message -> message.payload().text(), Duration.ofMillis(2), 10)
                                .split(StepStressTest::halves)
                                .map(StepStressTest::fragile)
                                .rateLimit(20, Duration.ofMillis(2))
                                .tap(handler)
                                .retry(3, SHORT)
                                .retryUnknown()
                                .deadLetter(dead)
                                .to(
                                        Router.byKeyHash(
                                                message -> message.payload().size()),
                                        moody,
                                        shaky,
                                        handler),
                        Route.from(channel)
                                .name("all")
                                .queue(32, Overflow.DROP_OLDEST)
                                .timeout(PATIENCE)
                                .split(StepStressTest::halves)
                                .retry(2, SHORT)
                                .deadLetter(handler)
                                .to(moody, shaky),
                        Route.from(channel)
                                .name("plain")
                                .queue(32, Overflow.DROP_NEWEST)
                                .timeout(PATIENCE)
                                .deadLetter(dead)
                                .to(shaky, moody),
                        Route.from(channel)
                                .name("slow")
                                .queue(8, Overflow.DROP_OLDEST)
                                .rateLimit(1, Duration.ofMillis(1))
                                .tap(shaky)
                                .to(handler))
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1))));
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

    private void produce(Random random) {
        while (goesOn) {
            Acknowledgement count = counting();
            producer.send("x".repeat(random.nextInt(50))).thenAccept(count::acknowledge);
        }
    }

    private void publish(Random random) {
        while (goesOn) {
            Message message = Message.text("x".repeat(random.nextInt(50)))
                    .withOrigin(channel.link().context.origin(null, null));
            channel.link().inbox.received(message, counting());
        }
    }

    private void answer(Queue<TestLink.Sent> pending, Random random) {
        while (goesOn || !pending.isEmpty()) {
            TestLink.Sent one = pending.poll();
            if (one == null) {
                Thread.onSpinWait();
                continue;
            }
            switch (random.nextInt(50)) {
                case 0 -> {}
                case 1, 2, 3, 4 -> one.acknowledgement().acknowledge(Outcome.failed(new IllegalStateException("m")));
                case 5 -> one.acknowledgement().acknowledge(Outcome.dropped(DropReason.TOO_LARGE));
                case 6 -> one.acknowledgement().acknowledge(Outcome.unknown());
                case 7 -> {
                    one.acknowledgement().acknowledge(Outcome.delivered());
                    one.acknowledgement().acknowledge(Outcome.unknown());
                }
                case 8 -> pending.add(one);
                default -> one.acknowledgement().acknowledge(Outcome.delivered());
            }
        }
    }

    private void shake(Random random) {
        while (goesOn) {
            TestEndpoint victim = random.nextInt(4) == 0 ? dead : shaky;
            int attempts = victim.attempts();
            victim.link().lose("shaken");
            until(() -> victim.attempts() > attempts || !goesOn);
        }
    }

    private static void assertNothingIsNegative(Ledger ledger) {
        ledger.routes().forEach((name, route) -> {
            assertThat(LongStream.of(
                            route.received(),
                            route.produced(),
                            route.filtered(),
                            route.split(),
                            route.failed(),
                            route.routed(),
                            route.waiting()))
                    .as(name)
                    .allMatch(term -> term >= 0);
            List<Ledger.LegCount> legs = new ArrayList<>(route.legs().values());
            legs.addAll(route.taps().values());
            legs.forEach(leg -> assertThat(
                            LongStream.of(leg.offered(), leg.delivered(), leg.failed(), leg.unknown(), leg.inFlight()))
                    .as(name)
                    .allMatch(term -> term >= 0));
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 20_261_122})
    void noMessageIsLostCountOf(long seed) {
        relays.expectWarnings();
        Queue<TestLink.Sent> pending = new ConcurrentLinkedQueue<>();
        moody.handingTo(pending::add);
        List.of(shaky, dead, tapped).forEach(endpoint -> endpoint.handingTo(one -> {}));
        Relay relay = start();
        long begin = System.nanoTime();
        List<Thread> threads = List.of(
                new Thread(() -> produce(new Random(seed))),
                new Thread(() -> produce(new Random(seed + 1))),
                new Thread(() -> publish(new Random(seed + 2))),
                new Thread(() -> answer(pending, new Random(seed + 3))),
                new Thread(() -> shake(new Random(seed + 4))));
        threads.forEach(Thread::start);

        until(() -> {
            assertNothingIsNegative(relay.ledger());
            return System.nanoTime() - begin > LENGTH.toNanos();
        });
        goesOn = false;
        threads.forEach(Waiting::untilEnded);

        Waiting.untilAsserted(() -> assertThat(
                        told.values().stream().mapToLong(AtomicLong::get).sum())
                .as(() -> told + " of what is in " + relay.ledger())
                .isEqualTo(sent.get()));
        Waiting.untilAsserted(() -> relay.ledger().assertConserved());
        assertThat(toldTwice).hasValue(0);
        assertThat(told.keySet())
                .contains(
                        Outcome.Kind.DELIVERED,
                        Outcome.Kind.FILTERED,
                        Outcome.Kind.DROPPED,
                        Outcome.Kind.DEAD_LETTERED,
                        Outcome.Kind.FAILED,
                        Outcome.Kind.UNKNOWN);
        relay.ledger().routes().forEach((name, route) -> {
            assertThat(route.waiting()).as(name).isZero();
            assertThat(route.routed()).as(name).isPositive();
            route.legs()
                    .forEach((target, leg) -> assertThat(leg.inFlight())
                            .as(name + " to " + target)
                            .isZero());
        });
    }
}
