package io.araldo.micrometer;

import io.araldo.Health;
import io.araldo.Ledger;
import io.araldo.Relay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The meters of a relay in one registry. Micrometer does not tell when a scrape begins, so whichever meter is read first
 * takes the snapshot that all others are read from, and then adds and removes meters as the relay's routes demand.
 */
final class Board {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Relay relay;
    private final MeterRegistry registry;

    /**
     * Held while meters are added and removed, thus while calling the registry: only {@link #close} waits for it, never
     * a read, which might come from within the registry.
     */
    private final ReentrantLock lock = new ReentrantLock();

    /** All below: guarded by the lock. */
    private final Rows<Health> health = rows(Catalogue.HEALTH);

    private final Rows<Ledger.EndpointCount> endpoints = rows(Catalogue.ENDPOINT);
    private final Rows<Ledger.SessionCount> sessions = rows(Catalogue.SESSION);
    private final Rows<Ledger.RouteCount> routes = rows(Catalogue.ROUTE);
    private final Rows<Ledger.LegCount> legs = rows(Catalogue.LEG);
    private final Rows<Ledger.LegCount> taps = rows(Catalogue.TAP);
    private boolean closed;

    /** When the last snapshot was taken, by the registry's clock; written under the lock. */
    private volatile long taken;

    Board(Relay relay, MeterRegistry registry) {
        this.relay = relay;
        this.registry = registry;
        this.taken = now() - FRESH_NANOS;
    }

    private <T> Rows<T> rows(List<Series<T>> series) {
        return new Rows<>(series, this);
    }

    MeterRegistry registry() {
        return registry;
    }

    private long now() {
        return registry.config().clock().monotonicTime();
    }

    /** Takes a snapshot if the last one is old. Where somebody else does that at the moment, the last one has to do. */
    void refresh() {
        if (isFresh() || !lock.tryLock()) {
            return;
        }
        try {
            if (!closed && !isFresh()) {
                taken = now();
                show(relay.ledger(), relay.health());
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh() {
        return now() - taken < FRESH_NANOS;
    }

    private void show(Ledger ledger, Map<String, Health> healthNow) {
        Tags all = Tags.of("relay", relay.name());
        health.show(tagged(all, "endpoint", healthNow));
        endpoints.show(tagged(all, "endpoint", ledger.endpoints()));
        Map<String, Ledger.SessionCount> sessionsNow = new HashMap<>();
        ledger.endpoints().forEach((name, count) -> count.sessions().ifPresent(those -> sessionsNow.put(name, those)));
        sessions.show(tagged(all, "endpoint", sessionsNow));
        routes.show(tagged(all, "route", ledger.routes()));
        Map<Tags, Ledger.LegCount> legsNow = new HashMap<>();
        Map<Tags, Ledger.LegCount> tapsNow = new HashMap<>();
        ledger.routes().forEach((name, route) -> {
            Tags ofRoute = all.and("route", name);
            legsNow.putAll(tagged(ofRoute, "target", route.legs()));
            tapsNow.putAll(tagged(ofRoute, "target", route.taps()));
        });
        legs.show(legsNow);
        taps.show(tapsNow);
    }

    private static <T> Map<Tags, T> tagged(Tags common, String key, Map<String, T> byName) {
        Map<Tags, T> tagged = new HashMap<>();
        byName.forEach((name, value) -> tagged.put(common.and(key, name), value));
        return tagged;
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            health.show(Map.of());
            endpoints.show(Map.of());
            sessions.show(Map.of());
            routes.show(Map.of());
            legs.show(Map.of());
            taps.show(Map.of());
        } finally {
            lock.unlock();
        }
    }
}
