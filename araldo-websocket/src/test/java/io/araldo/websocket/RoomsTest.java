package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.araldo.EndpointException;
import io.araldo.LocalEndpoint;
import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path with a variable: each value is a room. */
@ExtendWith(ThreadLeakExtension.class)
class RoomsTest {
    private final WebSocketServer server = WebSocketServer.builder().build();
    private final WebSocketServerEndpoint rooms = server.endpoint("rooms", "/room/{room}");
    private final LocalEndpoint application = LocalEndpoint.create("application");

    private Client enter(String room) throws Exception {
        int before = server.sessionCount();
        Client client = Client.connect(URI.create("ws://127.0.0.1:" + server.port() + "/room/" + room));
        await().until(() -> server.sessionCount() == before + 1);
        return client;
    }

    @Test
    void sessionsOfOneRoomHearEachOtherAndNobodyElse() throws Exception {
        try (Relay relay = Relay.start(Route.from(rooms).to(rooms));
                Client ada = enter("blue");
                Client bob = enter("blue");
                Client eve = enter("red")) {
            ada.send("hello blue");
            eve.send("hello red");
            bob.send("hello Ada");
            await().untilAsserted(() -> {
                assertThat(bob.texts()).containsExactly("hello blue");
                assertThat(ada.texts()).containsExactly("hello Ada");
            });
            await().untilAsserted(() -> relay.ledger().assertConserved());
            assertThat(eve.texts()).isEmpty();
        }
    }

    @Test
    void theRoomIsAHeaderWhateverTheClientSays() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        WebSocketServerEndpoint enveloped = rooms.withMarshaller(Marshaller.json());
        application.onMessage(message -> heard.add(message.header("room").orElse("none") + ": "
                + message.payload().text() + " " + message.header("mood").orElse("")));
        try (Relay relay = Relay.start(Route.from(enveloped).to(application));
                Client client = enter("blue")) {
            client.send("{\"data\":\"hello\",\"headers\":{\"room\":\"red\",\"mood\":\"good\"}}");
            await().untilAsserted(() -> assertThat(heard).containsExactly("blue: hello good"));
        }
    }

    @Test
    void aMessageGoesToTheRoomOfItsHeaderOrToAll() throws Exception {
        try (Relay relay = Relay.start(Route.from(application).to(rooms));
                Client blue = enter("blue");
                Client red = enter("red")) {
            assertThat(send("to blue", "blue")).isEqualTo(Outcome.delivered());
            assertThat(send("to nobody", "green")).isEqualTo(Outcome.delivered());
            assertThat(send("to all", WebSocketServerEndpoint.ALL_ROOMS)).isEqualTo(Outcome.delivered());
            await().untilAsserted(() -> {
                assertThat(blue.texts()).containsExactly("to blue", "to all");
                assertThat(red.texts()).containsExactly("to all");
            });
        }
    }

    private Outcome send(String text, String room) throws Exception {
        return application
                .send(Message.text(text).withHeader("room", room))
                .toCompletableFuture()
                .get();
    }

    @Test
    void aMessageWithoutTheHeaderFailsAndSaysWhatToWrite() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(server, rooms)) {
            Outcome outcome = open.send("to whom?").join();
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.cause())
                    .hasMessage(
                            "endpoint 'rooms' has a room for each value of /room/{room}, and the message has no header"
                                    + " 'room' (expected: a step such as map(message -> message.withHeader(\"room\", …)); '*' is"
                                    + " all of them)");
        }
    }

    @Test
    void aMessageForAllRoomsIsDeliveredWithTheFirst() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(server, rooms)) {
            Message toAll = Message.text("x".repeat(5_000_000)).withHeader("room", WebSocketServerEndpoint.ALL_ROOMS);
            assertThat(open.send(toAll).join()).isEqualTo(Outcome.delivered());
            try (RawClient stuck = RawClient.open(server.port(), 4_096);
                    Client reads = enter("red")) {
                stuck.handshake("/room/blue");
                open.awaitSessions(2);
                assertThat(open.send(toAll).join()).isEqualTo(Outcome.delivered());
                await().until(() -> reads.texts().size() == 1);
                stuck.cut();
            }
        }
    }

    /** What a room is: a map's entry, and not even that when nobody is there. */
    @Test
    void aRoomIsGoneWithItsLastSession() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(server, rooms)) {
            ServerLink link = (ServerLink) open.link();
            assertThat(link.roomCount()).isZero();
            try (Client one = enter("blue");
                    Client two = enter("blue");
                    Client three = enter("red")) {
                assertThat(link.roomCount()).isEqualTo(2);
            }
            open.awaitSessions(0);
            await().until(() -> link.roomCount() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b",
                "a%20b",
                "*",
                "%2e%2e",
                ".",
                "..",
                "a+b",
                "ü",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void aValueThatIsNoPlainNameIsNoRoom(String value) throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(server, rooms);
                RawClient client = RawClient.open(server.port())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.handshake("/room/" + value))
                    .withMessageMatching("(?s)refused: HTTP/1.1 4.*");
            assertThat(open.sessions()).isEmpty();
        }
    }

    @Test
    void aPathWithoutVariableGoesBeforeOneWith() throws Exception {
        WebSocketServerEndpoint lobby = server.endpoint("lobby", "/room/lobby");
        try (OpenEndpoint open = OpenEndpoint.of(server, rooms);
                OpenEndpoint other = OpenEndpoint.of(server, lobby);
                Client client = enter("lobby")) {
            assertThat(server.sessions()).extracting(ClientSession::endpoint).containsExactly("lobby");
            assertThat(open.inbox().count()).isZero();
        }
    }

    @Test
    void twoEndpointsMustNotHaveTheSameRooms() {
        WebSocketServerEndpoint same = server.endpoint("same", "/room/{name}");
        assertThatExceptionOfType(EndpointException.class)
                .isThrownBy(() -> Relay.start(
                        Route.from(rooms).to(application), Route.from(same).to(application)))
                .withMessageMatching(
                        "(?s).*endpoints '(rooms|same)' and '(rooms|same)' have one path, /room/\\{(room|name)},"
                                + " of one server.*");
    }
}
