package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.EndpointFault;
import io.araldo.testing.FaultyEndpoint;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Eight sources and twenty routes of every policy, while targets fail, answer late, twice or never, links are lost and
 * not opened again at once, and routes come, rest and go: at each checkpoint the ledger is conserved, every message has one outcome, and every lane moves.
 * Three seconds in each build; {@code -Psoak} makes them ten minutes. The seed is printed when it fails.
 */
@ExtendWith(ThreadLeakExtension.class)
class SoakTest {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("araldo.soak.seconds", 3));
    private static final long SEED = Long.getLong("araldo.soak.seed", 20_261_122);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Backoff SHORT = Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(2));
    private static final int ROUTES = 20;
    private static final int REFUSALS = 3;

    @RegisterExtension
    final Relays relays = new Relays();

    private final List<LocalEndpoint> producers =
            List.of(LocalEndpoint.create("p0"), LocalEndpoint.create("p1"), LocalEndpoint.create("p2"));
    private final List<MockEndpoint> channels =
            IntStream.range(0, 5).mapToObj(i -> MockEndpoint.create("c" + i)).toList();
    private final TestEndpoint moody = TestEndpoint.named("moody").thatHolds();
    private final TestEndpoint shaken = TestEndpoint.named("shaky");
    private final FaultyEndpoint shaky = FaultyEndpoint.of(
            shaken,
            SEED,
            EndpointFault.refuse(REFUSALS),
            EndpointFault.stall(0.001),
            EndpointFault.fail(0.02),
            EndpointFault.duplicate(0.02),
            EndpointFault.delay(0.02, PATIENCE),
            EndpointFault.loseAfter(2_000),
            EndpointFault.throwOnClose());
    private final TestEndpoint dead = TestEndpoint.named("dead");
    private final LocalEndpoint handler = LocalEndpoint.create("handler");

    private final Random random = new Random(SEED);
    private final Queue<TestLink.Sent> pending = new ConcurrentLinkedQueue<>();
    private final List<String> running = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();
    private int made;
    private int checkpoints;
    private volatile boolean goesOn;
    private volatile boolean isOver;

    /** A route of some source, by some steps, with some policy, to some targets. */
    private Route route() {
        boolean waits = random.nextBoolean();
        Endpoint source = waits ? producers.get(random.nextInt(3)) : channels.get(random.nextInt(5));
        Overflow[] policies = {Overflow.DROP_OLDEST, Overflow.DROP_NEWEST, Overflow.BLOCK};
        RouteBuilder route = Route.from(source)
                .name("r" + made++)
                .queue(1 + random.nextInt(64), policies[random.nextInt(waits ? 3 : 2)])
                .timeout(PATIENCE);
        if (random.nextInt(3) == 0) {
            route.filter(message -> message.payload().size() % 5 != 0);
        }
        if (random.nextInt(3) == 0) {
            route.map(SoakTest::fragile);
        }
        if (random.nextInt(4) == 0) {
            route.split(message -> List.of(message, message));
        }
        if (random.nextInt(4) == 0) {
            route.dedupe(message -> "" + message.payload().size(), Duration.ofMillis(5), 16);
        }
        if (random.nextInt(4) == 0) {
            route.rateLimit(50, Duration.ofMillis(5));
        }
        if (random.nextInt(4) == 0) {
            route.tap(shaky);
        }
        if (random.nextInt(3) == 0) {
            route.retry(3, SHORT);
            if (random.nextBoolean()) {
                route.retryUnknown();
            }
        }
        if (random.nextInt(3) == 0) {
            route.deadLetter(dead);
        }
        return switch (random.nextInt(4)) {
            case 0 -> route.to(moody);
            case 1 -> route.to(shaky, handler);
            case 2 -> route.to(Router.byKeyHash(message -> message.payload().size()), moody, shaky, handler);
            default -> route.to(moody, shaky);
        };
    }

    /** The routes of the beginning. */
    private List<Route> first() {
        List<Route> first = Stream.generate(this::route).limit(ROUTES).toList();
        first.forEach(route -> running.add(route.name()));
        return first;
    }

    private static Message fragile(Message message) {
        if (message.payload().size() % 11 == 10) {
            throw new AssertionError("eleven");
        }
        return message;
    }

    private void count(CompletionStage<Outcome> stage) {
        sent.incrementAndGet();
        stage.thenAccept(outcome -> told.incrementAndGet());
    }

    private void produce(LocalEndpoint producer, Random own) {
        while (goesOn) {
            count(producer.send("x".repeat(own.nextInt(50))));
        }
    }

    private void publish(MockEndpoint channel, Random own) {
        while (goesOn) {
            count(channel.receive("x".repeat(own.nextInt(50))));
            if (own.nextInt(1_000) == 0) {
                channel.lose("shaken");
            }
        }
    }

    private void answer(Random own) {
        while (!isOver) {
            TestLink.Sent one = pending.poll();
            if (one == null) {
                LockSupport.parkNanos(100_000);
                continue;
            }
            switch (own.nextInt(50)) {
                case 0 -> {}
                case 1, 2 -> one.acknowledgement().acknowledge(Outcome.failed(new IllegalStateException("moody")));
                case 3 -> one.acknowledgement().acknowledge(Outcome.dropped(DropReason.TOO_LARGE));
                case 4 -> {
                    one.acknowledgement().acknowledge(Outcome.delivered());
                    one.acknowledgement().acknowledge(Outcome.unknown());
                }
                default -> one.acknowledgement().acknowledge(Outcome.delivered());
            }
        }
    }

    /** What a change does to a route, or to the endpoint that is shaky. */
    private enum What {
        REPLACE,
        PAUSE,
        RESUME,
        LOSE,
        LOSE_AND_REFUSE
    }

    /** One change of those that the seed plans; {@code next} is of a replacement alone. */
    private record Change(What what, String route, List<Route> next) {}

    /** What is drawn depends on the seed, and on nothing that happens: only how far a run gets does. */
    private Change plan() {
        String name = running.get(random.nextInt(running.size()));
        return switch (random.nextInt(4)) {
            case 0 -> {
                Route next = route();
                running.remove(name);
                running.add(next.name());
                yield new Change(What.REPLACE, name, List.of(next));
            }
            case 1 -> new Change(What.PAUSE, name, List.of());
            case 2 -> new Change(What.RESUME, name, List.of());
            default -> new Change(random.nextBoolean() ? What.LOSE_AND_REFUSE : What.LOSE, name, List.of());
        };
    }

    /** One change after the other, as fast as a target that does not answer lets them. */
    private void change(Relay relay) {
        while (goesOn) {
            Change change = plan();
            switch (change.what()) {
                case REPLACE -> {
                    Ledger.RouteCount last = relay.remove(change.route());
                    new Ledger(Map.of(), Map.of(change.route(), last)).assertConserved();
                    change.next().forEach(relay::add);
                }
                case PAUSE -> relay.pause(change.route());
                case RESUME -> relay.resume(change.route());
                case LOSE -> lose();
                case LOSE_AND_REFUSE -> {
                    shaken.opening(TestEndpoint.Opening.fails("shaken"));
                    lose();
                }
            }
        }
        // Producers wait for routes that are full and rest.
        running.forEach(relay::resume);
    }

    private void lose() {
        if (shaken.attempts() > 0) {
            shaken.link().lose("shaken");
        }
    }

    /** A task with a seed of its own. */
    private static <T> void each(List<T> all, long seed, List<Runnable> tasks, BiConsumer<T, Random> task) {
        for (T one : all) {
            Random own = new Random(seed + tasks.size());
            tasks.add(() -> task.accept(one, own));
        }
    }

    private List<Runnable> sources(
            int number, BiConsumer<LocalEndpoint, Random> produce, BiConsumer<MockEndpoint, Random> publish) {
        List<Runnable> tasks = new ArrayList<>();
        long seed = SEED + number * 100L;
        each(producers, seed, tasks, produce);
        each(channels, seed, tasks, publish);
        return tasks;
    }

    /** A while of everything at once, and then rest. */
    private void round(Relay relay, int number) {
        goesOn = true;
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        List<Runnable> tasks = sources(number, this::produce, this::publish);
        tasks.add(() -> change(relay));
        List<Thread> threads = tasks.stream()
                .map(task -> {
                    Thread thread = new Thread(task, "soak");
                    thread.setUncaughtExceptionHandler((dead, error) -> errors.add(error));
                    thread.start();
                    return thread;
                })
                .toList();
        long begin = System.nanoTime();
        until(() -> System.nanoTime() - begin > ROUND.toNanos());
        goesOn = false;
        threads.forEach(Waiting::untilEnded);
        assertThat(errors).as("seed " + SEED).isEmpty();
    }

    /** Nothing waits, so every lane has moved; each message has had its one outcome. */
    private void checkpoint(Relay relay) {
        Waiting.untilAsserted(() -> assertThat(told)
                .as(() -> "seed " + SEED + ": " + relay.ledger())
                .hasValue(sent.get()));
        Waiting.untilAsserted(() -> relay.ledger().assertConserved());
        relay.ledger()
                .routes()
                .forEach((name, route) -> assertThat(route.waiting()).as(name).isZero());
        assertThat(relay.ledger().routes()).hasSize(ROUTES);
    }

    @Test
    void nothingIsLostCountOfWhateverHappens() {
        relays.expectWarnings();
        moody.handingTo(pending::add);
        shaken.handingTo(one -> arrived.incrementAndGet());
        dead.handingTo(one -> {});
        handler.onMessage(SoakTest::fragile);
        RelayBuilder builder = Relay.builder().name("soak").backoff(SHORT).optional(shaky);
        first().forEach(builder::route);
        Thread answerer = new Thread(() -> answer(new Random(SEED)), "soak-answers");
        answerer.start();
        long begin = System.nanoTime();
        try (Relay relay = builder.start()) {
            while (System.nanoTime() - begin < LENGTH.toNanos()) {
                round(relay, checkpoints++);
                checkpoint(relay);
            }
            assertThat(made).isGreaterThan(ROUTES);
            assertThat(shaky.openings() - shaken.attempts()).isEqualTo(REFUSALS);
            assertThat(arrived).hasPositiveValue();
        } finally {
            isOver = true;
            Waiting.untilEnded(answerer);
        }
        System.out.println("soak: " + sent + " messages, " + made + " routes, " + checkpoints + " checkpoints");
    }

    /** All that a seed decides, for a number of changes and of rounds. */
    private List<String> planned(int changes, int rounds) {
        List<String> planned = new ArrayList<>();
        first().forEach(route -> planned.add(describe(route)));
        for (int i = 0; i < changes; i++) {
            Change change = plan();
            planned.add(change.what() + " " + change.route());
            change.next().forEach(route -> planned.add(describe(route)));
        }
        for (int i = 0; i < rounds; i++) {
            sources(
                            i,
                            (producer, own) -> planned.add(producer.name() + own.nextLong()),
                            (channel, own) -> planned.add(channel.name() + own.nextLong()))
                    .forEach(Runnable::run);
        }
        planned.add(shaky.toString());
        return planned;
    }

    private static String describe(Route route) {
        return route + " from " + route.source().name() + " to "
                + route.writesTo().stream().map(Endpoint::name).toList();
    }

    /** What fails within the endpoint that is shaky, see FaultyEndpointTest. */
    @Test
    void sameSeedPlansTheSameRoutesChangesAndTraffic() {
        List<String> planned = planned(1_000, 3);

        assertThat(new SoakTest().planned(1_000, 3)).isEqualTo(planned);
        assertThat(planned).anyMatch(line -> line.startsWith(What.LOSE_AND_REFUSE.name()));
    }

    /** Else all of them would send the same, in step. */
    @Test
    void eachSourceHasTrafficOfItsOwn() {
        Set<Long> drawn = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            sources(round, (producer, own) -> drawn.add(own.nextLong()), (channel, own) -> drawn.add(own.nextLong()))
                    .forEach(Runnable::run);
        }
        assertThat(drawn).hasSize(3 * (producers.size() + channels.size()));
    }
}
