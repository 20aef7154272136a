package io.araldo.examples.benchmark;

import io.araldo.Endpoint;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.websocket.WebSocketServer;

/** Araldo with its defaults, but for how many clients may come from one address: here all do. */
final class AraldoChat implements Chat {
    private final WebSocketServer server =
            WebSocketServer.builder().maxSessionsPerAddress(10_000).build();
    private final Endpoint chat = server.endpoint("chat", PATH);
    private final Relay relay = Relay.start(Route.from(chat).to(chat));

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void follow(String redisUri) {
        Endpoint news = RedisPubSubEndpoint.builder("news")
                .uri(redisUri)
                .channel(CHANNEL)
                .build();
        relay.add(Route.from(news).to(chat));
    }

    @Override
    public void close() {
        relay.close();
    }
}
