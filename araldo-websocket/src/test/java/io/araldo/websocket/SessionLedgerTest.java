package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Ledger.SessionCount;
import io.araldo.MockEndpoint;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger of a relay tells what became of messages at the sessions of a path, those that are gone included. */
@ExtendWith(ThreadLeakExtension.class)
class SessionLedgerTest {
    private static Client connect(Relay relay, WebSocketServer server, WebSocketServerEndpoint endpoint)
            throws Exception {
        int before = server.sessionCount();
        Client client = Client.connect(relay.address(endpoint));
        await().until(() -> server.sessionCount() == before + 1);
        return client;
    }

    private static void awaitCount(Relay relay, long offered, long written, long excluded) {
        SessionCount expected = new SessionCount(offered, written, excluded, Map.of(), 0);
        await().untilAsserted(
                        () -> assertThat(relay.ledger().sessions("browsers")).isEqualTo(expected));
        relay.ledger().assertConserved();
    }

    @Test
    void whatSessionsGotStaysWhenTheyLeaveAndWhenTheRelayCloses() throws Exception {
        WebSocketServer server = WebSocketServer.builder().build();
        WebSocketServerEndpoint browsers = server.endpoint("browsers", "/chat");
        try (Relay relay = Relay.start(Route.from(browsers).to(browsers))) {
            awaitCount(relay, 0, 0, 0);
            Client first = connect(relay, server, browsers);
            try (Client second = connect(relay, server, browsers);
                    Client third = connect(relay, server, browsers)) {
                first.send("to two of three");
                awaitCount(relay, 3, 2, 1);
                first.close();
                await().until(() -> server.sessionCount() == 2);
                awaitCount(relay, 3, 2, 1);
                second.send("to one of two");
                awaitCount(relay, 5, 3, 2);
                assertThat(third.texts()).hasSize(2);
            }
            await().until(() -> server.sessionCount() == 0);
            relay.close();
            awaitCount(relay, 5, 3, 2);
        }
    }

    @Test
    void whatRoomsGotStaysWhenTheyAreGone() throws Exception {
        WebSocketServer server = WebSocketServer.builder().build();
        WebSocketServerEndpoint browsers = server.endpoint("browsers", "/room/{room}");
        MockEndpoint source = MockEndpoint.create("source");
        try (Relay relay = Relay.start(Route.from(source)
                .map(message -> message.withHeader("room", WebSocketServerEndpoint.ALL_ROOMS))
                .to(browsers))) {
            for (int i = 1; i <= 3; i++) {
                try (Client client =
                        Client.connect(java.net.URI.create("ws://127.0.0.1:" + server.port() + "/room/" + i))) {
                    await().until(() -> server.sessionCount() == 1);
                    source.receive("to everybody");
                    awaitCount(relay, i, i, 0);
                    assertThat(client.texts()).hasSize(1);
                }
                await().until(() -> server.sessionCount() == 0);
            }
            awaitCount(relay, 3, 3, 0);
        }
    }

    @Test
    void whatASlowSessionMissedStaysWhenItIsCut() throws Exception {
        for (SlowSession policy : SlowSession.values()) {
            WebSocketServer server = WebSocketServer.builder()
                    .outboundMessages(50)
                    .slowSession(policy)
                    .build();
            WebSocketServerEndpoint browsers = server.endpoint("browsers", "/chat");
            MockEndpoint source = MockEndpoint.create("source");
            try (Relay relay = Relay.start(Route.from(source).to(browsers));
                    RawClient slow = RawClient.open(server.port(), 4_096)) {
                slow.handshake("/chat");
                await().until(() -> server.sessionCount() == 1);
                Session session = (Session) server.sessions().get(0);
                Client quick = connect(relay, server, browsers);
                while (!session.count().skipped().containsKey(DropReason.SLOW_SESSION)) {
                    source.receive("x".repeat(20_000)).toCompletableFuture().join();
                    relay.ledger().sessions("browsers").assertConserved();
                }
                slow.cut();
                await().until(() -> server.sessionCount() == 1);
                ClientSession other = server.sessions().get(0);
                await().untilAsserted(() -> assertThat(
                                relay.ledger().sessions("browsers").pending())
                        .isZero());
                assertThat(relay.ledger().sessions("browsers"))
                        .isEqualTo(session.count().plus(other.count()));
                quick.close();
            }
        }
    }
}
