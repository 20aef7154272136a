package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Endpoint;
import io.araldo.Marshaller;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one browser sends, all others get: once, in order, and nothing else; directly and over Redis. */
@ExtendWith(ThreadLeakExtension.class)
class FanOutIT {
    private static final int BROWSERS = 20;

    @ParameterizedTest
    @ValueSource(ints = {28, 1_024, 65_000})
    void everyBrowserGetsEverythingOnceAndInOrder(int size) {
        WebSocketServer server = WebSocketServer.builder().build();
        Endpoint path = server.endpoint("browsers", "/chat");
        try (Relay relay = Relay.start(Route.from(path).to(path))) {
            broadcast(relay, server, path, texts(size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {28, 1_024, 65_000})
    void everyBrowserGetsEverythingOverRedisToo(int size) {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            WebSocketServer server = WebSocketServer.builder().build();
            Endpoint path = server.endpoint("browsers", "/chat");
            Endpoint bus = RedisPubSubEndpoint.builder("bus")
                    .uri(redis.uri())
                    .channel("chat")
                    .marshaller(Marshaller.json())
                    .build();
            try (Relay relay =
                    Relay.start(Route.from(path).to(bus), Route.from(bus).to(path))) {
                broadcast(relay, server, path, texts(size));
            }
        }
    }

    /** As many as fit into the default backlog of a route that drops: nothing may be missing. */
    private static List<String> texts(int size) {
        int count = Math.min(500, (8 << 20) / size);
        return IntStream.range(0, count)
                .mapToObj(i -> String.format("%010d ", i) + "x".repeat(size - 11))
                .toList();
    }

    private static void broadcast(Relay relay, WebSocketServer server, Endpoint path, List<String> texts) {
        List<TestWebSocket> browsers = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            browsers.add(TestWebSocket.connect(relay.address(path)));
        }
        await().until(() -> server.sessionCount() == BROWSERS);
        TestWebSocket sender = browsers.remove(0);
        texts.forEach(sender::send);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        browsers.stream().allMatch(browser -> browser.received().size() >= texts.size()));
        browsers.forEach(browser -> assertThat(browser.received()).isEqualTo(texts));
        assertThat(sender.received()).isEmpty();
        await().untilAsserted(() -> relay.ledger().assertConserved());
        browsers.forEach(TestWebSocket::close);
        sender.close();
    }
}
