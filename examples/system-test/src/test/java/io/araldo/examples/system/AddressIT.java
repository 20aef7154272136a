package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Endpoint;
import io.araldo.LocalEndpoint;
import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.Address;
import io.araldo.websocket.Identity;
import io.araldo.websocket.WebSocketServer;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An address means the same to every relay that a message comes to over Redis. */
@ExtendWith(ThreadLeakExtension.class)
class AddressIT {
    /** Clients say themselves who they are. */
    private static WebSocketServer server() {
        return WebSocketServer.builder()
                .authenticator(handshake -> handshake
                        .parameter("user")
                        .map(Identity::of)
                        .map(identity ->
                                handshake.parameter("group").map(identity::in).orElse(identity)))
                .build();
    }

    private static Endpoint channel(RedisServerProcess redis) {
        return RedisPubSubEndpoint.builder("bus")
                .uri(redis.uri())
                .channel("notes")
                .marshaller(Marshaller.json())
                .build();
    }

    private static TestWebSocket connect(WebSocketServer server, String query) {
        int before = server.sessionCount();
        TestWebSocket client = TestWebSocket.connect(URI.create("ws://127.0.0.1:" + server.port() + "/notes?" + query));
        await().until(() -> server.sessionCount() == before + 1);
        return client;
    }

    @Test
    void aGroupIsReachedOnEveryRelayThatReadsTheChannel() {
        LocalEndpoint application = LocalEndpoint.create("application");
        WebSocketServer left = server();
        WebSocketServer right = server();
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            Endpoint leftBrowsers = left.endpoint("browsers", "/notes");
            Endpoint rightBrowsers = right.endpoint("browsers", "/notes");
            Endpoint leftBus = channel(redis);
            try (Relay one = Relay.start(
                            Route.from(application).to(leftBus),
                            Route.from(leftBus).to(leftBrowsers));
                    Relay two = Relay.start(Route.from(channel(redis)).to(rightBrowsers));
                    TestWebSocket alice = connect(left, "user=alice&group=ops");
                    TestWebSocket bob = connect(right, "user=bob&group=ops");
                    TestWebSocket eve = connect(right, "user=eve")) {
                application.send(Message.text("to ops").withAddress(Address.group("ops")));
                application.send(Message.text("to Eve").withAddress(Address.principal("eve")));
                application.send("to all");
                await().untilAsserted(() -> {
                    assertThat(alice.received()).containsExactly("to ops", "to all");
                    assertThat(bob.received()).containsExactly("to ops", "to all");
                    assertThat(eve.received()).containsExactly("to Eve", "to all");
                });
                assertThat(one.ledger().leg("bus->browsers", "browsers").dropped())
                        .containsEntry(DropReason.NO_SUCH_SESSION, 1L);
                await().untilAsserted(() -> two.ledger().assertConserved());
            }
        }
    }
}
