package io.araldo.micrometer;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Ledger;
import io.araldo.Relay;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Meters as a map from name and tags to value: what a registry has, and what it should have for a relay. */
final class Shown {
    private final Map<String, Double> meters = new TreeMap<>();
    private final String relay;

    private Shown(Relay relay) {
        this.relay = relay.name();
    }

    static Map<String, Double> by(MeterRegistry registry) {
        Map<String, Double> meters = new TreeMap<>();
        registry.getMeters().forEach(meter -> meters.put(idOf(meter), value(meter)));
        return meters;
    }

    private static String idOf(Meter meter) {
        return meter.getId().getName()
                + meter.getId().getTags().stream()
                        .collect(Collectors.toMap(Tag::getKey, Tag::getValue, (a, b) -> a, TreeMap::new));
    }

    private static double value(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }

    /** Written out, not from the catalogue, which could be wrong twice. */
    static Map<String, Double> expectedOf(Relay relay) {
        Shown shown = new Shown(relay);
        relay.health().forEach(shown::health);
        relay.ledger().endpoints().forEach(shown::endpoint);
        relay.ledger().routes().forEach(shown::route);
        return shown.meters;
    }

    private void health(String endpoint, Health health) {
        Map<Health.Status, Double> grades =
                Map.of(Health.Status.UP, 1.0, Health.Status.DEGRADED, 0.5, Health.Status.DOWN, 0.0);
        put("araldo.endpoint.health", Map.of("endpoint", endpoint), grades.get(health.status()));
    }

    private void endpoint(String endpoint, Ledger.EndpointCount count) {
        Map<String, String> tags = Map.of("endpoint", endpoint);
        put("araldo.endpoint.received", tags, count.received());
        put("araldo.endpoint.undecodable", tags, count.undecodable());
        count.sessions().ifPresent(sessions -> {
            put("araldo.session.offered", tags, sessions.offered());
            put("araldo.session.written", tags, sessions.written());
            put("araldo.session.excluded", tags, sessions.excluded());
            put("araldo.session.pending", tags, sessions.pending());
            drops("araldo.session.skipped", tags, sessions.skipped());
        });
    }

    private void route(String name, Ledger.RouteCount count) {
        Map<String, String> tags = Map.of("route", name);
        put("araldo.route.received", tags, count.received());
        put("araldo.route.produced", tags, count.produced());
        put("araldo.route.filtered", tags, count.filtered());
        put("araldo.route.split", tags, count.split());
        put("araldo.route.failed", tags, count.failed());
        put("araldo.route.routed", tags, count.routed());
        put("araldo.route.waiting", tags, count.waiting());
        drops("araldo.route.dropped", tags, count.dropped());
        count.legs().forEach((target, leg) -> leg("araldo.leg", name, target, leg));
        count.taps().forEach((target, leg) -> leg("araldo.tap", name, target, leg));
    }

    private void leg(String prefix, String route, String target, Ledger.LegCount count) {
        Map<String, String> tags = Map.of("route", route, "target", target);
        put(prefix + ".offered", tags, count.offered());
        put(prefix + ".delivered", tags, count.delivered());
        put(prefix + ".failed", tags, count.failed());
        put(prefix + ".unknown", tags, count.unknown());
        put(prefix + ".in.flight", tags, count.inFlight());
        drops(prefix + ".dropped", tags, count.dropped());
    }

    private void drops(String name, Map<String, String> tags, Map<DropReason, Long> dropped) {
        for (DropReason reason : DropReason.values()) {
            Map<String, String> all = new TreeMap<>(tags);
            all.put("reason", reason.name().toLowerCase(Locale.ROOT));
            put(name, all, dropped.getOrDefault(reason, 0L));
        }
    }

    private void put(String name, Map<String, String> tags, Number value) {
        Map<String, String> all = new TreeMap<>(tags);
        all.put("relay", relay);
        meters.put(name + all, value.doubleValue());
    }
}
