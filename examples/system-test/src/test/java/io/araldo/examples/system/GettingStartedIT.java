package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.Endpoint;
import io.araldo.LocalEndpoint;
import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.MockEndpoint;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.Router;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.Address;
import io.araldo.websocket.Identity;
import io.araldo.websocket.WebSocketServer;
import java.net.http.WebSocketHandshakeException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The programs of docs/getting-started.md. */
@ExtendWith(ThreadLeakExtension.class)
class GettingStartedIT {
    @Test
    void applicationPushesToBrowsers() {
        // region push
        WebSocketServer server = WebSocketServer.builder()
                .allowedOrigins("http://localhost:8080")
                .build();
        Endpoint browsers = server.endpoint("browsers", "/updates");
        LocalEndpoint application = LocalEndpoint.create("application");

        Relay relay = Relay.start(Route.from(application).to(browsers));
        System.out.println("connect to " + relay.address(browsers));
        application.send("hello");
        // endregion
        try (relay) {
            try (TestWebSocket browser =
                    TestWebSocket.connectAsPageOf("http://localhost:8080", relay.address(browsers))) {
                await().until(() -> server.sessionCount() == 1);
                application.send("hello again");
                await().until(() -> browser.received().contains("hello again"));
            }
        }
    }

    @Test
    void stepsAndRouterChoose() {
        MockEndpoint source = MockEndpoint.create("source");
        MockEndpoint left = MockEndpoint.create("left");
        MockEndpoint right = MockEndpoint.create("right");
        // region steps
        Route small = Route.from(source)
                .name("small texts")
                .filter(message -> message.payload().isText())
                .map(message -> message.withHeader("seen", "yes"))
                .queue(1_024, Overflow.DROP_OLDEST)
                .to(Router.byHeader("to"), left, right);
        // endregion
        try (Relay relay = Relay.start(small)) {
            source.receive(Message.text("hello").withHeader("to", "right"));
            source.receive(Message.binary(new byte[] {1}).withHeader("to", "left"));
            await().until(() -> relay.ledger().route("small texts").filtered() == 1);
        }
        assertThat(left.sent()).isEmpty();
        assertThat(right.sent())
                .singleElement()
                .satisfies(message -> assertThat(message.header("seen")).contains("yes"));
    }

    @Test
    void answerFindsItsQuestion() {
        WebSocketServer server = WebSocketServer.builder().build();
        // region reply
        Endpoint browsers = server.endpoint("browsers", "/ask").withMarshaller(Marshaller.json());
        LocalEndpoint application = LocalEndpoint.create("application");
        application.onMessage(question ->
                application.reply(question, "you said " + question.payload().text()));

        Relay relay = Relay.start(
                Route.from(browsers).to(application), Route.from(application).to(browsers));
        // endregion
        try (relay) {
            try (TestWebSocket asking = TestWebSocket.connect(relay.address(browsers));
                    TestWebSocket other = TestWebSocket.connect(relay.address(browsers))) {
                asking.send("{\"data\": \"hello\", \"correlation\": \"1\"}");
                await().until(() -> asking.received().size() == 1);
                assertThat(asking.received().get(0))
                        .contains("\"data\":\"you said hello\"")
                        .contains("\"correlation\":\"1\"");
                assertThat(other.received()).isEmpty();
            }
        }
    }

    /** Whom the application knows, by the value of a cookie. */
    private static final class Users {
        Optional<String> find(String session) {
            return session.equals("s1") ? Optional.of("alice") : Optional.empty();
        }
    }

    @Test
    void clientsAreFoundByTheirNamesAndGroups() {
        Users users = new Users();
        // region authenticator
        WebSocketServer server = WebSocketServer.builder()
                .authenticator(handshake -> handshake
                        .cookie("session")
                        .flatMap(users::find)
                        .map(user -> Identity.of(user).in("staff")))
                .build();
        Endpoint browsers = server.endpoint("browsers", "/updates");
        LocalEndpoint application = LocalEndpoint.create("application");

        Relay relay = Relay.start(Route.from(application).to(browsers));
        application.send(Message.text("lunch is ready").withAddress(Address.group("staff")));
        application.send(Message.text("your taxi is here").withAddress(Address.principal("alice")));
        // endregion
        try (relay) {
            assertThatThrownBy(() -> TestWebSocket.connect(relay.address(browsers)))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
            try (TestWebSocket alice = TestWebSocket.connectWith("Cookie", "session=s1", relay.address(browsers))) {
                await().until(() -> server.sessionCount() == 1);
                application.send(Message.text("dinner").withAddress(Address.group("staff")));
                application.send(Message.text("your bus").withAddress(Address.principal("alice")));
                await().untilAsserted(() -> assertThat(alice.received()).containsExactly("dinner", "your bus"));
            }
        }
    }

    @Test
    void eventsTellWhatHappens() {
        MockEndpoint source = MockEndpoint.create("source");
        Route route = Route.from(source).to(MockEndpoint.create("target"));
        // region events
        Relay relay = Relay.builder()
                .name("front")
                .route(route)
                .events(event -> System.out.println(event))
                .start();
        // endregion
        relay.close();
        assertThat(relay.name()).isEqualTo("front");
    }
}
