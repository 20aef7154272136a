package io.araldo.examples.push;

import io.araldo.Endpoint;
import io.araldo.LocalEndpoint;
import io.araldo.Relay;
import io.araldo.RelayBuilder;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.websocket.WebSocketServer;

/**
 * The relay of the example: two sources, one path. Browsers get what {@link #ticker} is given and what anybody publishes
 * to the Redis channel {@code alerts}; what they send goes nowhere, since no route begins at them.
 */
final class Push {
    /** The application's own end. */
    final LocalEndpoint ticker = LocalEndpoint.create("ticker");

    private final WebSocketServer server;

    Push(int port) {
        server = WebSocketServer.builder()
                .port(port)
                .resources("/", Push.class, "push-page")
                .build();
    }

    RelayBuilder relay(String redis) {
        Endpoint browsers = server.endpoint("browsers", "/updates");
        Endpoint alerts = RedisPubSubEndpoint.builder("alerts")
                .uri(redis)
                .channel("alerts")
                .build();
        return Relay.builder()
                .name("push")
                .route(Route.from(ticker).to(browsers), Route.from(alerts).to(browsers));
    }

    int port() {
        return server.port();
    }
}
