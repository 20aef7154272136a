package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.Endpoint;
import io.araldo.Marshaller;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program of the README. */
@ExtendWith(ThreadLeakExtension.class)
class FirstProgramIT {
    private static final String PAGE = "http://localhost:8080";

    private static void run(int port, String redis) throws InterruptedException {
        // region first-program; in print port is 54_321, redis is "redis://localhost:6379"
        WebSocketServer server = WebSocketServer.builder()
                .port(port)
                .allowedOrigins("http://localhost:8080")
                .build();
        Endpoint browsers = server.endpoint("browsers", "/chat");
        Endpoint bus = RedisPubSubEndpoint.builder("bus")
                .uri(redis)
                .channel("chat")
                .marshaller(Marshaller.json())
                .build();

        Route up = Route.from(browsers).queue(1_024, Overflow.DROP_OLDEST).to(bus);
        Route down = Route.from(bus).to(browsers);

        try (Relay relay = Relay.start(up, down)) {
            relay.awaitTermination();
        }
        // endregion
    }

    @Test
    void whatAPageOfTheAllowedOriginSendsReachesTheOther() throws Exception {
        int port = Ports.free();
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            Thread program = new Thread(() -> {
                try {
                    run(port, redis.uri());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            program.start();
            URI address = URI.create("ws://127.0.0.1:" + port + "/chat");
            await().ignoreException(CompletionException.class).until(() -> connects(address));
            try (TestWebSocket ada = TestWebSocket.connectAsPageOf(PAGE, address);
                    TestWebSocket grace = TestWebSocket.connectAsPageOf(PAGE, address)) {
                ada.send("hello");
                await().until(() -> grace.received().contains("hello"));
                assertThat(ada.received()).isEmpty();
                for (String strange : List.of("null", "http://localhost:" + port, "https://example.org")) {
                    assertThatThrownBy(() -> TestWebSocket.connectAsPageOf(strange, address))
                            .as(strange)
                            .cause()
                            .isInstanceOfSatisfying(
                                    WebSocketHandshakeException.class,
                                    refused -> assertThat(refused.getResponse().statusCode())
                                            .isEqualTo(403));
                }
            }
            program.interrupt();
            program.join();
        }
    }

    private static boolean connects(URI address) {
        TestWebSocket.connect(address).close();
        return true;
    }
}
