package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Endpoint;
import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.MockEndpoint;
import io.araldo.PlanException;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that sends to others what it gets closes circles, where one has said that it does. */
@ExtendWith(ThreadLeakExtension.class)
class ClientLoopTest {
    private static WebSocketClientBuilder to(String name, String uri) {
        return WebSocketClientEndpoint.builder(name).uri(uri);
    }

    private static void plan(Route... routes) {
        Relay.builder().route(routes).plan();
    }

    @Test
    void twoConnectionsToAServerThatEchoesAreACircle() {
        Endpoint one = to("one", "ws://host/chat?token=t0ken").echoes().build();
        Endpoint two = to("two", "ws://HOST:80/chat").echoes().build();

        assertThatThrownBy(() -> plan(Route.from(one).to(two)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("route one->two feeds itself: ws://host:80/chat -> ws://host:80/chat; use")
                .hasMessageNotContaining("t0ken");
        plan(Route.from(one).allowLoop(3).to(two));
    }

    @Test
    void circleGoesThroughOtherEndpoints() {
        Endpoint one = to("one", "wss://host/chat").echoes().build();
        Endpoint two = to("two", "wss://host/chat").echoes().build();
        MockEndpoint between = MockEndpoint.create("between");

        assertThatThrownBy(() -> plan(
                        Route.from(one).to(between),
                        Route.from(between).to(two),
                        Route.from(two).to(one)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("wss://host:443/chat -> wss://host:443/chat");
    }

    @Test
    void noCircleIsSeenWhereNobodyHasSaidThatTheServerEchoes() {
        plan(Route.from(to("one", "ws://host/chat").build())
                .to(to("two", "ws://host/chat").build()));
    }

    @Test
    void otherPathsAndServersAreNoCircle() {
        Endpoint one = to("one", "ws://host/chat").echoes().build();
        for (String other :
                new String[] {"ws://host/other", "ws://host:81/chat", "wss://host/chat", "ws://other/chat"}) {
            plan(Route.from(one).to(to("two", other).echoes().build()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ws://Host/a?b, ws://host:80/a",
        "wss://host, wss://host:443/",
        "ws://me:secret@host:8080/a, ws://host:8080/a",
        "ws://127.0.0.1:1/a, ws://localhost:1/a",
        "ws://my_host/a, ws://my_host:80/a",
        "ws://[::1]:1/a, ws://localhost:1/a"
    })
    void resourceIsTheUriWithoutItsSecrets(String uri, String resource) {
        Endpoint endpoint = to("one", uri).echoes().build();
        assertThat(endpoint.writes()).containsExactly(resource);
        assertThat(endpoint.reads(resource)).isTrue();
        assertThat(endpoint.reads(resource + "x")).isFalse();
    }

    @Test
    void whatIsReadFromAServerThatEchoesSaysSo() {
        try (OpenEndpoint server = OpenEndpoint.withDefaults();
                OpenClient client =
                        OpenClient.of(to("upstream", server.uri().toString()).echoes())) {
            server.awaitSessions(1);
            server.send("hello");
            await().until(() -> client.inbox().count() == 1);
            Message message = client.inbox().messages().get(0);
            assertThat(message.trail()).containsExactly("ws://localhost:" + server.port() + "/chat");
            assertThat(message.hops()).isEqualTo(1);
        }
    }

    /** With envelopes the plan lets it through, and the message stops where it would go round. */
    @Test
    void circleOfEnvelopesIsBrokenWhenTheMessageComesBack() throws Exception {
        WebSocketServer server = WebSocketServer.builder().build();
        WebSocketServerEndpoint chat = server.endpoint("chat", "/chat").withMarshaller(Marshaller.json());
        try (Relay far = Relay.start(Route.from(chat).to(chat))) {
            String uri = far.address(chat).toString();
            Endpoint one = to("one", uri).marshaller(Marshaller.json()).echoes().build();
            Endpoint two = to("two", uri).marshaller(Marshaller.json()).echoes().build();
            try (Relay near = Relay.start(Route.from(one).name("round").to(two));
                    Client browser = Client.connect(far.address(chat))) {
                await().until(() -> server.sessionCount() == 3);
                browser.send(Marshaller.json().encode(Message.text("hello")).text());
                await().until(() -> near.ledger().leg("round", "two").offered() == 1
                        || near.ledger().route("round").dropped().containsKey(DropReason.LOOP));
                await().untilAsserted(() ->
                        assertThat(near.ledger().leg("round", "two").dropped()).containsOnlyKeys(DropReason.LOOP));
                assertThat(near.ledger().leg("round", "two").delivered()).isZero();
            }
        }
    }
}
