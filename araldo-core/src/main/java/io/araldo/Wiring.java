package io.araldo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What a relay is made of at the moment: links, sources and lanes. One thread at a time changes it; any thread reads.
 */
final class Wiring {
    private final Function<Endpoint, SupervisedLink> supervisor;
    private final Reports reports;

    /** Guarded by this. */
    private final Map<Endpoint, SupervisedLink> links = new LinkedHashMap<>();

    /** Guarded by this. */
    private final Map<Endpoint, Source> sources = new LinkedHashMap<>();

    /** Replaced with each change. */
    private volatile List<Lane> lanes = List.of();

    Wiring(Function<Endpoint, SupervisedLink> supervisor, Reports reports) {
        this.supervisor = supervisor;
        this.reports = reports;
    }

    /** The one link of an endpoint; made, and not opened, when first asked for. */
    synchronized SupervisedLink link(Endpoint endpoint) {
        return links.computeIfAbsent(endpoint, supervisor);
    }

    synchronized boolean has(Endpoint endpoint) {
        return links.containsKey(endpoint);
    }

    synchronized List<SupervisedLink> links() {
        return List.copyOf(links.values());
    }

    List<Lane> lanes() {
        return lanes;
    }

    /** @throws IllegalArgumentException if there is none */
    Lane lane(String name) {
        return lanes.stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = lanes.stream().map(Lane::name).toList();
                    return new IllegalArgumentException("route: '" + name + "' (expected: one of " + names + ")");
                });
    }

    /** Lets a lane read from its source. */
    synchronized void connect(Lane lane) {
        Endpoint endpoint = lane.route().source();
        Source source = sources.computeIfAbsent(endpoint, from -> new Source(from, reports));
        source.add(lane);
        link(endpoint).readInto(source);
        List<Lane> more = new ArrayList<>(lanes);
        more.add(lane);
        lanes = List.copyOf(more);
    }

    /** A lane takes in nothing more. */
    synchronized void disconnect(Lane lane) {
        Source source = sources.get(lane.route().source());
        if (source != null) {
            source.remove(lane);
        }
    }

    /** A lane is no more. The links that nobody needs any longer, which are ours no more either. */
    synchronized List<SupervisedLink> forget(Lane lane) {
        disconnect(lane);
        lanes = lanes.stream().filter(other -> other != lane).toList();
        return forgetUnused();
    }

    /** The links of endpoints that no lane names, which are ours no more. */
    synchronized List<SupervisedLink> forgetUnused() {
        List<SupervisedLink> unused = new ArrayList<>();
        for (Endpoint endpoint : List.copyOf(links.keySet())) {
            if (lanes.stream().noneMatch(lane -> lane.route().names(endpoint))) {
                unused.add(link(endpoint));
                links.remove(endpoint);
                sources.remove(endpoint);
            }
        }
        return unused;
    }

    /** Stops all sources, but for what an application's handlers reply. */
    synchronized void stopProducers(CompletableFuture<Void> end) {
        sources.values().forEach(source -> source.stopProducers(end));
    }

    synchronized void stop(CompletableFuture<Void> end) {
        sources.values().forEach(source -> source.stop(end));
    }

    /**
     * Whether all lanes are dry at one moment: one after the other is asked, which tells so if none has taken anything in
     * meanwhile.
     */
    boolean isDry() {
        List<Lane> asked = lanes;
        long before = taken(asked);
        return asked.stream().allMatch(lane -> lane.dry().isDone()) && taken(asked) == before;
    }

    /** How many messages came in, without those that came too late: of these, there may be no end. */
    private static long taken(List<Lane> lanes) {
        return lanes.stream()
                .map(Lane::count)
                .mapToLong(count -> count.received() - count.dropped().getOrDefault(DropReason.CLOSED, 0L))
                .sum();
    }

    Ledger ledger() {
        Map<String, Ledger.EndpointCount> counts = new LinkedHashMap<>();
        Map<Endpoint, SupervisedLink> asked;
        Map<Endpoint, Source> reading;
        synchronized (this) {
            asked = new LinkedHashMap<>(links);
            reading = new LinkedHashMap<>(sources);
        }
        asked.forEach((endpoint, link) -> {
            Source source = reading.get(endpoint);
            Optional<Ledger.SessionCount> sessions = link.sessionCount();
            if (source != null || sessions.isPresent()) {
                counts.put(endpoint.name(), Source.count(source, sessions));
            }
        });
        Map<String, Ledger.RouteCount> routed = new LinkedHashMap<>();
        lanes.forEach(lane -> routed.put(lane.name(), lane.count()));
        return new Ledger(counts, routed);
    }
}
