package io.araldo.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a ledger that is made up: no two figures are the same, so none can stand for another. */
class RelayMetricsTest {
    private static final Duration LONG = Duration.ofSeconds(2);

    private final FixedRelay relay = new FixedRelay();
    private final SteppedClock clock = new SteppedClock();
    private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final RelayMetrics metrics = RelayMetrics.of(relay);

    @AfterEach
    void close() {
        metrics.close();
        registry.close();
    }

    private static Map<DropReason, Long> drops(long first) {
        return Map.of(DropReason.OVERFLOW, first, DropReason.NOT_WRITABLE, first + 1);
    }

    private static Ledger.LegCount leg(long first) {
        return new Ledger.LegCount(first, first + 1, first + 2, first + 3, drops(first + 4), first + 6);
    }

    private static Ledger.RouteCount route(long first) {
        return new Ledger.RouteCount(
                first,
                first + 1,
                first + 2,
                first + 3,
                first + 4,
                drops(first + 5),
                first + 7,
                first + 8,
                Map.of("to", leg(first + 10), "other", leg(first + 20)),
                Map.of("tap", leg(first + 30)));
    }

    private static Ledger ledger(long first, String... routes) {
        Map<String, Ledger.RouteCount> counts = new HashMap<>();
        for (String route : routes) {
            counts.put(route, route(first + 100L * counts.size()));
        }
        Ledger.SessionCount sessions =
                new Ledger.SessionCount(first + 60, first + 61, first + 62, drops(first + 63), first + 65);
        return new Ledger(
                Map.of(
                        "from", new Ledger.EndpointCount(first + 50, first + 51),
                        "to", new Ledger.EndpointCount(first + 52, first + 53, Optional.of(sessions))),
                counts);
    }

    @Test
    void eachMeterShowsItsFigureOfTheLedgerOrTheHealth() {
        Instant since = Instant.EPOCH;
        relay.ledger = ledger(1000, "a", "b");
        relay.health = Map.of(
                "from", Health.up(since),
                "to", new Health(Health.Status.DEGRADED, since, "slow"),
                "other", Health.down(since, "lost"));

        metrics.bindTo(registry);

        assertThat(Shown.by(registry)).isEqualTo(Shown.expectedOf(relay));
    }

    @Test
    void aScrapeTakesOneSnapshot() {
        relay.ledger = ledger(1000, "a", "b");
        metrics.bindTo(registry);
        int before = relay.snapshots;
        clock.step(LONG);

        Shown.by(registry);

        assertThat(relay.snapshots - before).isEqualTo(1);
    }

    @Test
    void theNextScrapeShowsNewFigures() {
        relay.ledger = ledger(1000, "a");
        metrics.bindTo(registry);
        relay.ledger = ledger(2000, "a");
        clock.step(LONG);

        assertThat(Shown.by(registry)).isEqualTo(Shown.expectedOf(relay));
    }

    @Test
    void routesComeAndGoWithTheirMeters() {
        relay.ledger = ledger(1000, "a", "b");
        metrics.bindTo(registry);
        relay.ledger = ledger(2000, "b", "c");
        clock.step(LONG);

        Shown.by(registry);

        assertThat(Shown.by(registry)).isEqualTo(Shown.expectedOf(relay));
    }

    @Test
    void closingRemovesTheMetersAndNoOthers() {
        registry.counter("somebody.elses");
        relay.ledger = ledger(1000, "a");
        metrics.bindTo(registry);

        metrics.close();
        metrics.close();
        clock.step(LONG);

        assertThat(Shown.by(registry)).containsOnlyKeys("somebody.elses{}");
    }

    @Test
    void relayOfNullIsRefused() {
        assertThatThrownBy(() -> RelayMetrics.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("relay: null (expected: a relay)");
    }
}
