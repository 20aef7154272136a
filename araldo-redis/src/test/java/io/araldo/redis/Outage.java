package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Health;
import io.araldo.LocalEndpoint;
import io.araldo.Message;
import io.araldo.MockEndpoint;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.Route;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.RedisServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay under load whose Redis goes away for a while: an application sends numbers, one each millisecond, through a
 * channel, and another one gets them from there.
 */
final class Outage implements AutoCloseable {
    /** From the return of Redis until the relay relays again. */
    static final Duration RECOVERY = Duration.ofMillis(2_500);

    final RedisServerProcess redis = RedisServerProcess.start();
    final FaultProxy proxy = FaultProxy.to(redis.port());

    private final LocalEndpoint application = LocalEndpoint.create("application");
    private final MockEndpoint recorder = MockEndpoint.create("recorder");
    private final List<RelayEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final ScheduledExecutorService load =
            Executors.newScheduledThreadPool(2, task -> new Thread(task, "outage-load"));
    private final Relay relay;

    Outage(Duration heartbeat) {
        RedisPubSubEndpoint bus = RedisPubSubEndpoint.builder("bus")
                .uri("redis://127.0.0.1:" + proxy.port())
                .channel("chat")
                .heartbeat(heartbeat)
                .build();
        relay = Relay.builder()
                .name("outage")
                .route(
                        Route.from(application)
                                .queue(4_096, Overflow.DROP_OLDEST)
                                .to(bus),
                        Route.from(bus).to(recorder))
                .events(events::add)
                // The first connection in a JVM loads classes for seconds, where the machine has much else to do.
                .startup(Duration.ofMinutes(1))
                .start();
        load.scheduleAtFixedRate(() -> application.send("" + sent.incrementAndGet()), 1, 1, TimeUnit.MILLISECONDS);
        awaitArrivalOfWhatIsSentNow(RECOVERY);
    }

    /** Begins, lasts so long, ends; and the relay relays again within the limit. */
    void happens(Runnable begin, Duration length, Runnable end, Duration limit) throws Exception {
        begin.run();
        load.schedule(end, length.toMillis(), TimeUnit.MILLISECONDS).get();
        awaitArrivalOfWhatIsSentNow(limit);
    }

    /** Waits until the relay has begun to open both connections once more. */
    void awaitAttempt() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> proxy.accepted() == 4);
    }

    void awaitArrivalOfWhatIsSentNow(Duration limit) {
        int now = sent.get();
        await().pollInterval(Duration.ofMillis(10)).atMost(limit).until(() -> lastArrived() > now);
    }

    private int lastArrived() {
        List<Message> arrived = recorder.sent();
        return arrived.isEmpty()
                ? 0
                : Integer.parseInt(arrived.get(arrived.size() - 1).payload().text());
    }

    /** The events of one link that was lost and restored, in order and once each, with a gap of about this length. */
    void assertLostAndRestoredOnce(Duration atLeast, Duration atMost) {
        await().untilAsserted(() -> assertThat(events).hasAtLeastOneElementOfType(RelayEvent.Gap.class));
        assertThat(events.stream()
                        .filter(event -> of(event))
                        .map(Record.class::cast)
                        .map(Record::getClass))
                .containsExactly(RelayEvent.LinkLost.class, RelayEvent.LinkRestored.class, RelayEvent.Gap.class);
        RelayEvent.Gap gap = events.stream()
                .filter(RelayEvent.Gap.class::isInstance)
                .map(RelayEvent.Gap.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(gap.endpoint()).isEqualTo("bus");
        assertThat(gap.length()).isBetween(atLeast, atMost);
        // An answer to a ping may be late on a busy machine; that is told for five seconds.
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(relay.health().get("bus").status()).isEqualTo(Health.Status.UP));
    }

    private static boolean of(RelayEvent event) {
        return event instanceof RelayEvent.LinkLost
                || event instanceof RelayEvent.LinkRestored
                || event instanceof RelayEvent.Gap;
    }

    /** The relay goes on without any route, and so without Redis. */
    void removeRoutes() {
        relay.plan().routes().forEach(route -> relay.remove(route.name()));
    }

    /** What arrived has come once and in order. */
    void assertOrderAndLedger() {
        load.shutdownNow();
        relay.close();
        assertThat(recorder.sent())
                .extracting(message -> Integer.parseInt(message.payload().text()))
                .isSorted()
                .doesNotHaveDuplicates();
        relay.ledger().assertConserved();
    }

    @Override
    public void close() {
        load.shutdownNow();
        relay.close();
        proxy.close();
        redis.close();
    }
}
