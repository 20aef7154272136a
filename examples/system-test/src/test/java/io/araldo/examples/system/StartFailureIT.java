package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.Endpoint;
import io.araldo.EndpointException;
import io.araldo.LocalEndpoint;
import io.araldo.Outcome;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A start that fails says why in one line for each endpoint, and leaves nothing open. */
@ExtendWith(ThreadLeakExtension.class)
class StartFailureIT {
    @Test
    void portInUseIsOneLineAndEverythingElseIsClosedAgain() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalEndpoint local = LocalEndpoint.create("local");
            Endpoint browsers =
                    WebSocketServer.builder().port(taken.getLocalPort()).build().endpoint("browsers", "/chat");
            assertThatThrownBy(() -> Relay.start(Route.from(local).to(browsers)))
                    .isInstanceOf(EndpointException.class)
                    .message()
                    .contains("browsers", "127.0.0.1:" + taken.getLocalPort(), "in use")
                    .doesNotContain("\n");
            assertThat(local.send("anybody?").toCompletableFuture())
                    .isCompletedWithValueMatching(outcome -> outcome.kind() == Outcome.Kind.DROPPED);
        }
    }

    @Test
    void redisDownIsOneLineAndThePortIsFreeAgain() throws IOException {
        int redisPort = Ports.free();
        int port = Ports.free();
        Endpoint browsers = WebSocketServer.builder().port(port).build().endpoint("browsers", "/chat");
        Endpoint bus = RedisPubSubEndpoint.builder("bus")
                .uri("redis://user:secret@127.0.0.1:" + redisPort)
                .channel("chat")
                .build();
        assertThatThrownBy(() -> Relay.start(Route.from(browsers).to(bus)))
                .isInstanceOf(EndpointException.class)
                .message()
                .contains("bus", "127.0.0.1:" + redisPort)
                .doesNotContain("\n")
                .doesNotContain("secret");
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void handlerThatThrowsAnErrorFailsItsMessagesAndNothingElse() {
        WebSocketServer server = WebSocketServer.builder().build();
        Endpoint browsers = server.endpoint("browsers", "/ask");
        LocalEndpoint local = LocalEndpoint.create("local");
        local.onMessage(message -> {
            throw new StackOverflowError("planted");
        });
        Route in = Route.from(browsers).to(local);
        try (Relay relay = Relay.start(in, Route.from(local).to(browsers));
                TestWebSocket browser = TestWebSocket.connect(relay.address(browsers))) {
            browser.send("one");
            browser.send("two");
            await().until(() -> relay.ledger().leg(in.name(), "local").failed() == 2);
            local.onMessage(message -> local.reply(message, "fine"));
            browser.send("three");
            await().until(() -> browser.received().contains("fine"));
        }
    }
}
