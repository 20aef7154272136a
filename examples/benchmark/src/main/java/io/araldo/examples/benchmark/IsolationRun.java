package io.araldo.examples.benchmark;

import io.araldo.Endpoint;
import io.araldo.Ledger;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.websocket.WebSocketClientEndpoint;
import io.araldo.websocket.WebSocketServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A relay with a few paths that each send their client's messages back to it. Where there is a stuck target, everything
 * also goes to a server that reads nothing, over one more route for each path.
 */
final class IsolationRun implements AutoCloseable {
    static final int CLIENTS = 4;

    /** For each client. */
    static final int PER_SECOND = 250;

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private final DeafServer deaf = new DeafServer();
    private final ExecutorService senders = Executors.newFixedThreadPool(CLIENTS);
    private final List<Route> toStuck = new ArrayList<>();
    private final Relay relay;
    private final List<EchoClient> clients;

    IsolationRun(boolean isStuck) {
        WebSocketServer server = WebSocketServer.builder().build();
        List<Endpoint> paths = IntStream.range(0, CLIENTS)
                .<Endpoint>mapToObj(i -> server.endpoint("path-" + i, "/" + i).withEcho())
                .toList();
        List<Route> routes = new ArrayList<>();
        paths.forEach(path -> routes.add(Route.from(path).to(path)));
        if (isStuck) {
            Endpoint stuck =
                    WebSocketClientEndpoint.builder("stuck").uri(deaf.uri()).build();
            paths.forEach(path -> toStuck.add(
                    Route.from(path).queue(256, Overflow.DROP_OLDEST).to(stuck)));
        }
        routes.addAll(toStuck);
        relay = Relay.start(routes.toArray(Route[]::new));
        clients =
                paths.stream().map(path -> new EchoClient(relay.address(path))).toList();
    }

    /**
     * Sends for so long from all clients.
     *
     * @return how long each message took to come back, in nanoseconds
     * @throws IllegalStateException if one did not
     */
    long[] run(int seconds) {
        int messages = seconds * PER_SECOND;
        List<CompletableFuture<List<Long>>> running = clients.stream()
                .map(client -> CompletableFuture.supplyAsync(() -> client.run(messages, INTERVAL_NANOS), senders))
                .toList();
        return running.stream()
                .flatMap(one -> one.join().stream())
                .mapToLong(Long::longValue)
                .toArray();
    }

    /**
     * Each route to the target is full, so that it drops.
     *
     * @throws IllegalStateException if one is not, or if the target has taken anything
     */
    void checkStuck() {
        Ledger ledger = relay.ledger();
        for (Route route : toStuck) {
            Ledger.RouteCount count = ledger.route(route.name());
            if (count.dropped().isEmpty() || ledger.leg(route.name(), "stuck").delivered() > 0) {
                throw new IllegalStateException("not stuck: " + count);
            }
        }
    }

    @Override
    public void close() {
        clients.forEach(EchoClient::close);
        relay.close();
        deaf.close();
        senders.shutdownNow();
    }
}
