package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Endpoint;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.testing.RedisCli;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Routes of real transports come and go while browsers stay connected. */
@ExtendWith(ThreadLeakExtension.class)
class RouteChangesIT {
    @Test
    void channelIsReadThenWrittenThenLeftWhileSessionsStay() throws Exception {
        List<RelayEvent> events = new CopyOnWriteArrayList<>();
        WebSocketServer server = WebSocketServer.builder().build();
        Endpoint browsers = server.endpoint("browsers", "/chat");
        try (RedisServerProcess redis = RedisServerProcess.start();
                Relay relay = Relay.builder()
                        .route(Route.from(browsers).to(browsers))
                        .events(events::add)
                        .start();
                TestWebSocket ann = TestWebSocket.connect(relay.address(browsers));
                TestWebSocket bob = TestWebSocket.connect(relay.address(browsers));
                RedisCli cli = RedisCli.connect(redis.port())) {
            Endpoint news = RedisPubSubEndpoint.builder("news")
                    .uri(redis.uri())
                    .channel("news")
                    .build();

            relay.add(Route.from(news).to(browsers));
            assertThat(publish(cli, "read")).isEqualTo(1);
            await().until(() ->
                    ann.received().contains("read") && bob.received().contains("read"));

            relay.add(Route.from(browsers).name("write").to(news));
            ann.send("written");
            // Straight, and by way of the channel, which does not know who sent it.
            await().until(() -> bob.received().equals(List.of("read", "written", "written")));
            await().untilAsserted(() ->
                    assertThat(relay.ledger().leg("write", "news").delivered()).isEqualTo(1));
            assertThat(events).hasAtLeastOneElementOfType(RelayEvent.Gap.class);

            assertThat(relay.remove("write").received()).isEqualTo(1);
            relay.remove("news->browsers");
            assertThat(publish(cli, "unread")).isZero();
            assertThat(relay.health()).containsOnlyKeys("browsers");
            assertThat(server.sessionCount()).isEqualTo(2);
            assertThat(relay.drain(Duration.ofSeconds(5)).isComplete()).isTrue();
        }
    }

    /** How many were subscribed. */
    private static long publish(RedisCli cli, String text) {
        return cli.publish("news", text.getBytes(StandardCharsets.UTF_8));
    }
}
