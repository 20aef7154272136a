package io.araldo.examples.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ThreadLeakExtension.class)
class PushIT {
    @Test
    void browsersGetWhatCodeAndRedisPushAndCannotSend() {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            Push push = new Push(0);
            List<RelayEvent> events = new CopyOnWriteArrayList<>();
            try (Relay relay = push.relay(redis.uri()).events(events::add).start();
                    TestWebSocket ada = TestWebSocket.connect(address(push));
                    TestWebSocket grace = TestWebSocket.connect(address(push))) {
                await().until(() -> events.stream()
                                .filter(RelayEvent.SessionOpened.class::isInstance)
                                .count()
                        == 2);
                ada.send("not for anybody");
                push.ticker.send("tick");
                publish(redis, "fire");
                for (TestWebSocket browser : List.of(ada, grace)) {
                    await().until(() -> browser.received().size() == 2);
                    assertThat(browser.received()).containsExactlyInAnyOrder("tick", "fire");
                }
                await().untilAsserted(() -> relay.ledger().assertConserved());
            }
        }
    }

    private static URI address(Push push) {
        return URI.create("ws://localhost:" + push.port() + "/updates");
    }

    private static void publish(RedisServerProcess redis, String text) {
        RedisClient client = RedisClient.create(redis.uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().publish("alerts", text);
        } finally {
            client.shutdown();
        }
    }
}
