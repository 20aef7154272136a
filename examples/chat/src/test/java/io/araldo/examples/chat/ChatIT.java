package io.araldo.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Relay;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ThreadLeakExtension.class)
class ChatIT {
    @Test
    void browsersOfTwoRelaysTalkOverRedisAndHearTheNews() {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            WebSocketServer here = Chat.server(0);
            WebSocketServer there = Chat.server(0);
            try (Relay one = Chat.over(redis.uri(), here).start();
                    Relay two = Chat.over(redis.uri(), there).start();
                    TestWebSocket ada = connect(here);
                    TestWebSocket grace = connect(here);
                    TestWebSocket linus = connect(there)) {
                ada.send("hello");
                await().until(() -> grace.received().contains("hello"));
                await().until(() -> linus.received().contains("hello"));
                publish(redis, "news", "rain");
                List<TestWebSocket> all = List.of(ada, grace, linus);
                await().until(() ->
                        all.stream().allMatch(browser -> browser.received().contains("rain")));
                assertThat(ada.received()).containsExactly("rain");
                await().untilAsserted(() -> one.ledger().assertConserved());
                await().untilAsserted(() -> two.ledger().assertConserved());
            }
        }
    }

    @Test
    void channelShowsWhatBrowserSends() {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            WebSocketServer server = Chat.server(0);
            RedisClient client = RedisClient.create(redis.uri());
            List<String> seen = new CopyOnWriteArrayList<>();
            try (Relay relay = Chat.over(redis.uri(), server).start();
                    StatefulRedisPubSubConnection<String, String> listening = client.connectPubSub();
                    TestWebSocket ada = connect(server)) {
                listening.addListener(new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String channel, String text) {
                        seen.add(text);
                    }
                });
                listening.sync().subscribe("chat");
                ada.send("hello");
                await().until(() -> seen.size() == 1);
                assertThat(seen.get(0)).contains("\"data\":\"hello\"").contains("\"relay\":\"" + relay.name() + "\"");
            } finally {
                client.shutdown();
            }
        }
    }

    @Test
    void browsersTalkWithoutRedis() {
        WebSocketServer server = Chat.server(0);
        try (Relay relay = Chat.alone(server).start();
                TestWebSocket ada = connect(server);
                TestWebSocket grace = connect(server)) {
            ada.send("hello");
            await().until(() -> grace.received().equals(List.of("hello")));
            assertThat(ada.received()).isEmpty();
            await().untilAsserted(() -> relay.ledger().assertConserved());
        }
    }

    @Test
    void pageIsServedOnTheSamePort() throws IOException, InterruptedException {
        WebSocketServer server = Chat.server(0);
        try (Relay relay = Chat.alone(server).start()) {
            assertThat(relay.address(relay.plan().endpoints().get(0)).getPort()).isEqualTo(server.port());
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
            assertThat(page.body()).contains("chat.js");
        }
    }

    private static TestWebSocket connect(WebSocketServer server) {
        int before = server.sessionCount();
        TestWebSocket browser = TestWebSocket.connect(URI.create("ws://localhost:" + server.port() + "/chat"));
        await().until(() -> server.sessionCount() == before + 1);
        return browser;
    }

    private static void publish(RedisServerProcess redis, String channel, String text) {
        RedisClient client = RedisClient.create(redis.uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().publish(channel, text);
        } finally {
            client.shutdown();
        }
    }
}
