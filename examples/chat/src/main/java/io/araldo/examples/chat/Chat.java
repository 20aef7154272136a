package io.araldo.examples.chat;

import io.araldo.Endpoint;
import io.araldo.Marshaller;
import io.araldo.Relay;
import io.araldo.RelayBuilder;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.websocket.WebSocketServer;

/**
 * The relay of the chat. With a Redis, what a browser says goes over the channel {@code chat} to the browsers of every
 * relay that shares it, and whatever is published to {@code news} reaches all of them; without, browsers talk to each
 * other through this relay alone. A sender does not get its own message back in either case: the envelope of the channel
 * carries who sent it.
 */
final class Chat {
    private Chat() {}

    static WebSocketServer server(int port) {
        return WebSocketServer.builder()
                .port(port)
                .resources("/", Chat.class, "chat-page")
                .build();
    }

    static RelayBuilder alone(WebSocketServer server) {
        Endpoint browsers = server.endpoint("browsers", "/chat");
        return Relay.builder().route(Route.from(browsers).to(browsers));
    }

    static RelayBuilder over(String redis, WebSocketServer server) {
        Endpoint browsers = server.endpoint("browsers", "/chat");
        Endpoint bus = RedisPubSubEndpoint.builder("bus")
                .uri(redis)
                .channel("chat")
                .marshaller(Marshaller.json())
                .build();
        Endpoint news =
                RedisPubSubEndpoint.builder("news").uri(redis).channel("news").build();
        return Relay.builder()
                .route(
                        Route.from(browsers).to(bus),
                        Route.from(bus).to(browsers),
                        Route.from(news).to(browsers));
    }
}
