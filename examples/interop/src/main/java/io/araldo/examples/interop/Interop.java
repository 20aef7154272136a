package io.araldo.examples.interop;

import io.araldo.Endpoint;
import io.araldo.Relay;
import io.araldo.RelayBuilder;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.websocket.WebSocketServer;

/**
 * A plant whose machines speak MQTT. What its sensors say goes to browsers and to a Redis channel; what browsers say,
 * and what is published to another channel, goes to its machines. Each direction has topics and channels of its own:
 * with the same ones for both, each message would come back for ever.
 */
final class Interop {
    private Interop() {}

    static WebSocketServer server(int port) {
        return WebSocketServer.builder()
                .port(port)
                .resources("/", Interop.class, "interop-page")
                .build();
    }

    static RelayBuilder relay(String mqtt, String redis, WebSocketServer server) {
        // region routes
        Endpoint sensors = MqttEndpoint.builder("sensors")
                .uri(mqtt)
                .topic("plant/readings/#")
                .build();
        Endpoint machines = MqttEndpoint.builder("machines")
                .uri(mqtt)
                .topic("plant/commands")
                .build();
        Endpoint readings = channel("readings", redis);
        Endpoint commands = channel("commands", redis);
        Endpoint browsers = server.endpoint("browsers", "/plant");

        return Relay.builder()
                .route(
                        Route.from(sensors).to(browsers),
                        Route.from(sensors).to(readings),
                        Route.from(browsers).to(machines),
                        Route.from(commands).to(machines));
        // endregion
    }

    private static Endpoint channel(String name, String redis) {
        return RedisPubSubEndpoint.builder(name)
                .uri(redis)
                .channel("plant." + name)
                .build();
    }
}
