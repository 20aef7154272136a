package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Ledger;
import io.araldo.LocalEndpoint;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.Route;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two relays joined by a client endpoint, under load, while the far one or the way to it is gone for 3 s. Each message
 * has a number, and its outcome is kept: so what arrived can be compared with what the near ledger says.
 */
@ExtendWith(ThreadLeakExtension.class)
class JoinedRelaysTest {
    private static final Duration OUTAGE = Duration.ofSeconds(3);

    private final Map<Integer, Outcome.Kind> outcomes = new ConcurrentHashMap<>();
    private final Set<Integer> arrived = ConcurrentHashMap.newKeySet();
    private final AtomicInteger twice = new AtomicInteger();
    private final List<RelayEvent> events = new CopyOnWriteArrayList<>();
    private final LocalEndpoint producer = LocalEndpoint.create("producer");
    private final AtomicBoolean producing = new AtomicBoolean(true);
    private final AtomicInteger sent = new AtomicInteger();

    private void arrived(Message message) {
        if (!arrived.add(Integer.valueOf(message.payload().text().substring(1)))) {
            twice.incrementAndGet();
        }
    }

    private Relay far(int port) {
        WebSocketServer server = WebSocketServer.builder().port(port).build();
        WebSocketServerEndpoint entry = server.endpoint("entry", "/chat");
        LocalEndpoint sink = LocalEndpoint.create("sink");
        sink.onMessage(this::arrived);
        return Relay.builder().name("far").route(Route.from(entry).to(sink)).start();
    }

    private Relay near(int port) {
        WebSocketClientEndpoint upstream = WebSocketClientEndpoint.builder("upstream")
                .uri("ws://127.0.0.1:" + port + "/chat")
                .build();
        return Relay.builder()
                .name("near")
                .events(events::add)
                .route(Route.from(producer).name("up").to(upstream))
                .start();
    }

    private static int port(Relay relay) {
        return relay.plan().routes().get(0).source() instanceof WebSocketServerEndpoint entry
                ? relay.address(entry).getPort()
                : -1;
    }

    /** About 5,000 messages a second, until told to stop. */
    private Thread load() {
        Thread load = new Thread(() -> {
            while (producing.get()) {
                for (int i = 0; i < 5; i++) {
                    int number = sent.getAndIncrement();
                    producer.send("n" + number).thenAccept(outcome -> outcomes.put(number, outcome.kind()));
                }
                LockSupport.parkNanos(1_000_000);
            }
        });
        load.start();
        return load;
    }

    private long count(Class<? extends RelayEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }

    private Set<Integer> with(Outcome.Kind kind) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getValue() == kind)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Compares what arrived with what the near ledger says, message by message: nothing delivered is missing, nothing
     * dropped has arrived.
     *
     * @param droppedThere how many messages the far relay had read, and dropped as it closed
     * @return how many messages arrived although their outcome is unknown: their pong was lost
     */
    private int assertEverythingIsAccountedFor(Relay near, long droppedThere) {
        await().atMost(Duration.ofSeconds(15)).until(() -> outcomes.size() == sent.get());
        Ledger ledger = near.ledger();
        ledger.assertConserved();
        Ledger.LegCount leg = ledger.leg("up", "upstream");
        long dropped =
                leg.dropped().values().stream().mapToLong(Long::longValue).sum();
        Set<Integer> unknown = with(Outcome.Kind.UNKNOWN);
        assertThat(leg.offered()).isEqualTo(sent.get());
        assertThat(leg.delivered()).isEqualTo(with(Outcome.Kind.DELIVERED).size());
        assertThat(leg.unknown()).isEqualTo(unknown.size());
        assertThat(dropped).isEqualTo(with(Outcome.Kind.DROPPED).size()).isPositive();
        Set<Integer> delivered = with(Outcome.Kind.DELIVERED);
        await().until(() -> missingOf(delivered) <= droppedThere);
        assertThat(arrived).doesNotContainAnyElementsOf(with(Outcome.Kind.DROPPED));
        assertThat(twice).hasValue(0);
        unknown.retainAll(arrived);
        long missing = (long) sent.get() - arrived.size();
        assertThat(missing).isEqualTo(dropped + leg.unknown() - unknown.size() + missingOf(delivered));
        return unknown.size();
    }

    private long missingOf(Set<Integer> delivered) {
        return delivered.stream().filter(number -> !arrived.contains(number)).count();
    }

    private void assertLostAndRestoredOnce() {
        assertThat(count(RelayEvent.LinkLost.class)).isEqualTo(1);
        assertThat(count(RelayEvent.LinkRestored.class)).isEqualTo(1);
        assertThat(count(RelayEvent.Gap.class)).isEqualTo(1);
    }

    private void awaitRestored(long since) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(10))
                .until(() -> count(RelayEvent.Gap.class) == 1);
        int before = arrived.size();
        await().pollInterval(Duration.ofMillis(10)).until(() -> arrived.size() > before);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofMillis(2_500));
    }

    private static void outage() {
        await().pollDelay(OUTAGE).until(() -> true);
    }

    private void awaitArrivals(int count) {
        await().until(() -> arrived.size() >= count);
    }

    private void stop(Thread load) throws InterruptedException {
        producing.set(false);
        load.join();
    }

    @Test
    void aCutOf3SecondsIsOneGapAndWhatIsMissingIsInTheLedger() throws Exception {
        try (Relay far = far(0);
                FaultProxy proxy = FaultProxy.to(port(far));
                Relay near = near(proxy.port())) {
            Thread load = load();
            awaitArrivals(2_000);
            proxy.inject(Fault.REFUSE);
            outage();
            proxy.restore();
            awaitRestored(System.nanoTime());
            stop(load);
            assertLostAndRestoredOnce();
            assertThat(assertEverythingIsAccountedFor(near, 0)).isLessThan(200);
        }
    }

    @Test
    void aFarRelayThatIsClosedFor3SecondsIsOneGapAndWhatIsMissingIsInTheLedger() throws Exception {
        Relay far = far(0);
        int port = port(far);
        try (Relay near = near(port)) {
            Thread load = load();
            awaitArrivals(2_000);
            far.close();
            Ledger.RouteCount there = far.ledger().routes().values().iterator().next();
            long droppedThere =
                    there.dropped().values().stream().mapToLong(Long::longValue).sum();
            outage();
            try (Relay again = far(port)) {
                awaitRestored(System.nanoTime());
                stop(load);
                assertLostAndRestoredOnce();
                assertThat(assertEverythingIsAccountedFor(near, droppedThere)).isLessThan(200);
                again.ledger().assertConserved();
            }
        }
    }
}
