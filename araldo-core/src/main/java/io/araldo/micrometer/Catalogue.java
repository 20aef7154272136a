package io.araldo.micrometer;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Ledger;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The meters of each kind of thing; {@link RelayMetrics} shows them as a table. */
final class Catalogue {
    static final List<Series<Health>> HEALTH =
            List.of(gauge("araldo.endpoint.health", "1 up, 0.5 degraded, 0 down", Catalogue::grade));

    static final List<Series<Ledger.EndpointCount>> ENDPOINT = List.of(
            counter("araldo.endpoint.received", "Handed over by its links", Ledger.EndpointCount::received),
            counter("araldo.endpoint.undecodable", "Refused by its marshaller", Ledger.EndpointCount::undecodable));

    static final List<Series<Ledger.SessionCount>> SESSION = with(
            List.of(
                    counter("araldo.session.offered", "Were sent to sessions", Ledger.SessionCount::offered),
                    counter("araldo.session.written", "Went out to sessions", Ledger.SessionCount::written),
                    counter(
                            "araldo.session.excluded",
                            "Were not for the session that had sent them",
                            Ledger.SessionCount::excluded),
                    gauge("araldo.session.pending", "Wait for sessions", Ledger.SessionCount::pending)),
            drops("araldo.session.skipped", Ledger.SessionCount::skipped));

    static final List<Series<Ledger.RouteCount>> ROUTE = with(
            List.of(
                    counter("araldo.route.received", "Given by the source", Ledger.RouteCount::received),
                    counter("araldo.route.produced", "Came out of splits", Ledger.RouteCount::produced),
                    counter("araldo.route.filtered", "Kept back by a step or the router", Ledger.RouteCount::filtered),
                    counter("araldo.route.split", "Were split", Ledger.RouteCount::split),
                    counter(
                            "araldo.route.failed",
                            "Ended in an error before they were offered",
                            Ledger.RouteCount::failed),
                    counter("araldo.route.routed", "Were offered to targets", Ledger.RouteCount::routed),
                    gauge("araldo.route.waiting", "Wait", Ledger.RouteCount::waiting)),
            drops("araldo.route.dropped", Ledger.RouteCount::dropped));

    static final List<Series<Ledger.LegCount>> LEG = legs("araldo.leg.");

    static final List<Series<Ledger.LegCount>> TAP = legs("araldo.tap.");

    private Catalogue() {}

    private static List<Series<Ledger.LegCount>> legs(String prefix) {
        return with(
                List.of(
                        counter(prefix + "offered", "Were sent", Ledger.LegCount::offered),
                        counter(prefix + "delivered", "Were taken by the target", Ledger.LegCount::delivered),
                        counter(prefix + "failed", "Were answered with an error", Ledger.LegCount::failed),
                        counter(prefix + "unknown", "Were not answered in time", Ledger.LegCount::unknown),
                        gauge(prefix + "in.flight", "Are unanswered", Ledger.LegCount::inFlight)),
                drops(prefix + "dropped", Ledger.LegCount::dropped));
    }

    private static double grade(Health health) {
        return switch (health.status()) {
            case UP -> 1;
            case DEGRADED -> 0.5;
            case DOWN -> 0;
        };
    }

    private static <T> Stream<Series<T>> drops(String name, Function<T, Map<DropReason, Long>> dropped) {
        return Arrays.stream(DropReason.values())
                .map(reason -> new Series<>(
                        name,
                        "Were given up",
                        Series.Type.COUNTER,
                        Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
                        counts -> dropped.apply(counts).getOrDefault(reason, 0L)));
    }

    private static <T> Series<T> counter(String name, String description, ToDoubleFunction<T> value) {
        return new Series<>(name, description, Series.Type.COUNTER, Tags.empty(), value);
    }

    private static <T> Series<T> gauge(String name, String description, ToDoubleFunction<T> value) {
        return new Series<>(name, description, Series.Type.GAUGE, Tags.empty(), value);
    }

    private static <T> List<Series<T>> with(List<Series<T>> some, Stream<Series<T>> others) {
        return Stream.concat(some.stream(), others).toList();
    }
}
