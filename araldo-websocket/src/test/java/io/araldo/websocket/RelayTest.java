package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.araldo.EndpointException;
import io.araldo.LocalEndpoint;
import io.araldo.MockEndpoint;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The endpoint in real relays. */
class RelayTest {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS =
            ThreadLeakExtension.afterEachTest().watching("grizzly", "Grizzly", "tyrus");

    private final WebSocketServer server = WebSocketServer.builder().build();
    private final WebSocketServerEndpoint browsers = server.endpoint("browsers", "/chat");

    private List<Client> connect(Relay relay, int count) throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(Client.connect(relay.address(browsers)));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> server.sessionCount() == count);
        return clients;
    }

    @Test
    void aRouteFromAnEndpointToItselfIsAChat() throws Exception {
        try (Relay relay = Relay.start(Route.from(browsers).to(browsers))) {
            List<Client> clients = connect(relay, 3);
            clients.get(0).send("hello");
            clients.get(1).send("hi");
            await().untilAsserted(() -> {
                assertThat(clients.get(0).texts()).containsExactly("hi");
                assertThat(clients.get(1).texts()).containsExactly("hello");
                assertThat(clients.get(2).texts()).containsExactlyInAnyOrder("hello", "hi");
            });
            await().untilAsserted(() -> relay.ledger().assertConserved());
            assertThat(relay.ledger().leg("browsers->browsers", "browsers").delivered())
                    .isEqualTo(2);
        }
    }

    @Test
    void anApplicationAnswersTheSessionThatAsked() throws Exception {
        LocalEndpoint application = LocalEndpoint.create("application");
        application.onMessage(question ->
                application.reply(question, "answer to " + question.payload().text()));
        try (Relay relay = Relay.start(
                Route.from(browsers).to(application), Route.from(application).to(browsers))) {
            List<Client> clients = connect(relay, 2);
            clients.get(0).send("one");
            clients.get(1).send("two");
            await().untilAsserted(() -> {
                assertThat(clients.get(0).texts()).containsExactly("answer to one");
                assertThat(clients.get(1).texts()).containsExactly("answer to two");
            });
        }
    }

    @Test
    void aFloodThroughASmallRouteLosesNothing() throws Exception {
        int count = 20_000;
        MockEndpoint sink = MockEndpoint.create("sink");
        Route route = Route.from(browsers).queue(16, Overflow.BLOCK).to(sink, browsers);
        try (Relay relay = Relay.start(route)) {
            List<Client> clients = connect(relay, 2);
            clients.get(0).sendAll(IntStream.range(0, count).mapToObj(i -> "message " + i));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> clients.get(1).texts().size() == count);
            List<String> expected =
                    IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
            assertThat(clients.get(1).texts()).isEqualTo(expected);
            assertThat(sink.sent())
                    .extracting(message -> message.payload().text())
                    .isEqualTo(expected);
            await().untilAsserted(() -> relay.ledger().assertConserved());
        }
    }

    @Test
    void aPortInUseLetsTheRelayStartNothing() throws Exception {
        try (ServerSocket inTheWay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            WebSocketServer blocked =
                    WebSocketServer.builder().port(inTheWay.getLocalPort()).build();
            Route good = Route.from(browsers).to(browsers);
            WebSocketServerEndpoint other = blocked.endpoint("other", "/other");
            assertThatExceptionOfType(EndpointException.class)
                    .isThrownBy(() -> Relay.start(good, Route.from(other).to(other)))
                    .withMessageContaining("the port is in use");
            assertThat(server.sessions()).isEmpty();
        }
    }

    @Test
    void aThousandConnectionsLeaveNothingBehind() throws Exception {
        try (Relay relay = Relay.start(Route.from(browsers).to(browsers))) {
            connectAndGo(relay, 50);
            long before = openFiles();
            for (int i = 0; i < 20; i++) {
                connectAndGo(relay, 50);
            }
            assertThat(server.sessions()).isEmpty();
            await().until(() -> openFiles() <= before + 5);
        }
    }

    private void connectAndGo(Relay relay, int count) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = RawClient.open(relay.address(browsers).getPort());
            client.handshake("/chat");
            clients.add(client);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> server.sessionCount() == count);
        for (RawClient client : clients) {
            client.cut();
        }
        await().until(() -> server.sessionCount() == 0);
    }

    @Test
    void aHundredStartsAndClosesLeaveNothingBehind() throws Exception {
        startAndClose(5);
        long before = openFiles();
        startAndClose(100);
        await().until(() -> openFiles() <= before + 5);
    }

    private void startAndClose(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            try (Relay relay = Relay.start(Route.from(browsers).to(browsers));
                    Client client = Client.connect(relay.address(browsers))) {
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> server.sessionCount() == 1);
                assertThat(client.closed()).isNotDone();
            }
        }
    }

    /** What the process holds open; 0 where the system does not tell. */
    private static long openFiles() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
