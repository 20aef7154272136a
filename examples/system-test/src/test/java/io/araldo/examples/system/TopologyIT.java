package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Endpoint;
import io.araldo.LocalEndpoint;
import io.araldo.MockEndpoint;
import io.araldo.Relay;
import io.araldo.RelayPlan;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The drawing of a plan is what the relay does: what is injected at each source arrives where the arrows lead. */
class TopologyIT {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterAllTests();

    private static final Pattern NODE = Pattern.compile("(e\\d+)\\[\"(.+)\"]");
    private static final Pattern ARROW = Pattern.compile("(e\\d+) -->(?:\\|\".*\"\\|)? (e\\d+)");

    /** What arrived, as source->endpoint: each source sends its name. */
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();

    @Test
    void whatArrivesEqualsTheArrowsOfTheDrawing() {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            WebSocketServer server = WebSocketServer.builder().build();
            Endpoint chat = server.endpoint("chat", "/chat");
            Endpoint updates = server.endpoint("updates", "/updates");
            Endpoint admin = server.endpoint("admin", "/admin");
            Endpoint bus = channel("bus", redis);
            Endpoint news = channel("news", redis);
            MockEndpoint mock = MockEndpoint.create("mock");
            LocalEndpoint local = LocalEndpoint.create("local");
            local.onMessage(message -> arrived.add(message.payload().text() + "->local"));
            RelayPlan plan = Relay.builder()
                    .route(
                            Route.from(chat).to(bus, mock),
                            Route.from(news).to(chat, updates, admin),
                            Route.from(admin).to(chat, local),
                            Route.from(local).to(updates),
                            Route.from(mock).to(updates),
                            Route.from(local).name("both ways").to(admin),
                            Route.from(updates).filter(message -> true).to(local),
                            Route.from(mock).to(bus))
                    .plan();
            try (Relay relay = plan.start()) {
                inject(relay, server, List.of(chat, updates, admin), redis, mock, local);
                mock.sent().forEach(message -> arrived.add(message.payload().text() + "->mock"));
                assertThat(new TreeSet<>(arrived)).isEqualTo(arrows(plan.toMermaid()));
                await().untilAsserted(() -> relay.ledger().assertConserved());
            }
        }
    }

    private static Endpoint channel(String name, RedisServerProcess redis) {
        return RedisPubSubEndpoint.builder(name).uri(redis.uri()).channel(name).build();
    }

    /** Each source sends its name and then a mark; when a mark is everywhere, so is what was before it. */
    private void inject(
            Relay relay,
            WebSocketServer server,
            List<Endpoint> paths,
            RedisServerProcess redis,
            MockEndpoint mock,
            LocalEndpoint local) {
        Map<String, TestWebSocket> browsers = new TreeMap<>();
        paths.forEach(path -> browsers.put(path.name(), TestWebSocket.connect(relay.address(path))));
        await().until(() -> server.sessionCount() == paths.size());
        RedisClient client = RedisClient.create(redis.uri());
        try (StatefulRedisPubSubConnection<String, String> listening = client.connectPubSub();
                StatefulRedisConnection<String, String> publishing = client.connect()) {
            listening.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String text) {
                    arrived.add(text + "->" + channel);
                }
            });
            listening.sync().subscribe("bus");
            browsers.forEach((name, browser) -> browser.send(name));
            publishing.sync().publish("news", "news");
            mock.receive("mock");
            local.send("local");
            await().untilAsserted(() -> {
                assertThat(arrivedAtBrowsers(browsers)).hasSize(7);
                assertThat(mock.sent()).hasSize(1);
                assertThat(arrived).contains("chat->bus", "mock->bus", "admin->local", "updates->local");
            });
            arrived.addAll(arrivedAtBrowsers(browsers));
        } finally {
            browsers.values().forEach(TestWebSocket::close);
            client.shutdown();
        }
    }

    private static Set<String> arrivedAtBrowsers(Map<String, TestWebSocket> browsers) {
        return browsers.entrySet().stream()
                .flatMap(browser -> browser.getValue().received().stream().map(text -> text + "->" + browser.getKey()))
                .collect(Collectors.toSet());
    }

    private static Set<String> arrows(String mermaid) {
        Map<String, String> names = NODE.matcher(mermaid)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
        return ARROW.matcher(mermaid)
                .results()
                .map(match -> names.get(match.group(1)) + "->" + names.get(match.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
