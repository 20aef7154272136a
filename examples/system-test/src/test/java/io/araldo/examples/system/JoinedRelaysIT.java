package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Endpoint;
import io.araldo.Ledger;
import io.araldo.LocalEndpoint;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketClientEndpoint;
import io.araldo.websocket.WebSocketServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two relays, one of which is a client of the other, and what the outage of the far one costs. */
@ExtendWith(ThreadLeakExtension.class)
class JoinedRelaysIT {
    private static final Duration OUTAGE = Duration.ofSeconds(3);
    private static final Duration RECOVERY = Duration.ofMillis(2_500);

    private final LocalEndpoint application = LocalEndpoint.create("application");
    private final List<Integer> arrived = new CopyOnWriteArrayList<>();
    private final List<RelayEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final ScheduledExecutorService load =
            Executors.newScheduledThreadPool(2, task -> new Thread(task, "joined-load"));

    @AfterEach
    void stopTheLoad() throws InterruptedException {
        load.shutdownNow();
        assertThat(load.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    private Relay far(int port) {
        Endpoint hub = WebSocketServer.builder().port(port).build().endpoint("hub", "/hub");
        LocalEndpoint sink = LocalEndpoint.create("sink");
        sink.onMessage(message -> arrived.add(Integer.valueOf(message.payload().text())));
        return Relay.builder().name("far").route(Route.from(hub).to(sink)).start();
    }

    private Relay near(int port) {
        Endpoint hub = WebSocketClientEndpoint.builder("hub")
                .uri("ws://127.0.0.1:" + port + "/hub")
                .build();
        return Relay.builder()
                .name("near")
                .route(Route.from(application)
                        .queue(4_096, Overflow.DROP_OLDEST)
                        .to(hub))
                .events(events::add)
                .start();
    }

    private void awaitArrivalOfWhatIsSentNow(Duration limit) {
        int now = sent.get();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(limit)
                .until(() -> !arrived.isEmpty() && arrived.get(arrived.size() - 1) > now);
    }

    private List<RelayEvent> ofTheLink() {
        return events.stream()
                .filter(event -> event instanceof RelayEvent.LinkLost
                        || event instanceof RelayEvent.LinkRestored
                        || event instanceof RelayEvent.Gap)
                .toList();
    }

    @Test
    void whatIsMissingAfterAnOutageIsWhatTheLedgerCallsDroppedOrUnknown() throws Exception {
        int port = Ports.free();
        Relay first = far(port);
        try (Relay near = near(port)) {
            load.scheduleAtFixedRate(() -> application.send("" + sent.incrementAndGet()), 1, 1, TimeUnit.MILLISECONDS);
            awaitArrivalOfWhatIsSentNow(RECOVERY);

            first.close();
            Relay second = load.schedule(() -> far(port), OUTAGE.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
            awaitArrivalOfWhatIsSentNow(RECOVERY);
            stopTheLoad();
            await().until(() -> leg(near).inFlight() == 0);
            near.close();
            second.close();

            assertThat(ofTheLink())
                    .extracting(Object::getClass)
                    .containsExactly(RelayEvent.LinkLost.class, RelayEvent.LinkRestored.class, RelayEvent.Gap.class);
            assertAccounted(near, first, second);
        }
    }

    private static Ledger.LegCount leg(Relay near) {
        return near.ledger().leg("application->hub", "hub");
    }

    /**
     * What the far relay had read it has answered for; what it dropped when it was closed stands in its own ledger. One
     * whose answer was lost may have arrived: that is what unknown means.
     */
    private void assertAccounted(Relay... relays) {
        long dropped = 0;
        long unknown = 0;
        for (Relay relay : relays) {
            relay.ledger().assertConserved();
            for (Ledger.RouteCount route : relay.ledger().routes().values()) {
                dropped += total(route.dropped());
                for (Ledger.LegCount leg : route.legs().values()) {
                    dropped += total(leg.dropped());
                    unknown += leg.unknown();
                    assertThat(leg.failed()).isZero();
                }
            }
        }
        assertThat(arrived).doesNotHaveDuplicates().isSorted();
        assertThat(dropped).isPositive();
        assertThat(sent.longValue() - arrived.size()).isBetween(dropped, dropped + unknown);
    }

    private static long total(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
