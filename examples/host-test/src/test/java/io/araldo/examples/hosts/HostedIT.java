package io.araldo.examples.hosts;

import static io.araldo.examples.hosts.Visitor.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.AraldoException;
import io.araldo.EndpointException;
import io.araldo.MockEndpoint;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.Identity;
import io.araldo.websocket.WebSocketServer;
import io.araldo.websocket.WebSocketServerBuilder;
import io.araldo.websocket.WebSocketServerEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only a server in a host's container does, in a Tomcat. */
@ExtendWith(ThreadLeakExtension.class)
class HostedIT {
    private final EmbeddedTomcat tomcat = new EmbeddedTomcat();
    private WebSocketServer server;
    private WebSocketServerEndpoint chat;

    private void start(WebSocketServerBuilder options) throws Exception {
        tomcat.start(container -> {
            server = options.in(container);
            chat = server.endpoint("chat", "/chat");
        });
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
    }

    private Visitor visit(String... headers) throws Exception {
        return Visitor.connect(URI.create("ws://localhost:" + tomcat.port() + "/chat"), headers);
    }

    @Test
    void whileNoRelayIsOpenAClientIsSentAway() throws Exception {
        start(WebSocketServer.builder());
        try (Visitor early = visit()) {
            assertThat(early.closed().code()).isEqualTo(1013);
            assertThat(early.closed().reason()).contains("no relay is open here");
        }
        Relay.start(Route.from(chat).to(chat)).close();
        try (Visitor late = visit()) {
            assertThat(late.closed().code()).isEqualTo(1013);
        }
    }

    @Test
    void oneSessionMoreThanThereMayBeIsClosedWithTheReason() throws Exception {
        start(WebSocketServer.builder().maxSessions(1));
        try (Relay relay = Relay.start(Route.from(chat).to(chat));
                Visitor ada = visit()) {
            await().until(() -> server.sessionCount() == 1);
            try (Visitor grace = visit()) {
                assertThat(grace.closed())
                        .isEqualTo(new Visitor.Closed(1013, "all 1 sessions are taken (maxSessions)"));
            }
            ada.close();
            await().until(() -> server.sessionCount() == 0);
            try (Visitor alan = visit()) {
                await().until(() -> server.sessionCount() == 1);
            }
        }
    }

    /** From here on the host knows every client. */
    private void authenticateByHost(String name) {
        tomcat.filter((request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public Principal getUserPrincipal() {
                        return () -> name;
                    }
                },
                response));
    }

    @Test
    void anAuthenticatorGoesBeforeTheHost() throws Exception {
        authenticateByHost("ada");
        start(WebSocketServer.builder()
                .authenticator(handshake -> handshake.header("X-Name").map(Identity::of)));
        try (Relay relay = Relay.start(Route.from(chat).to(chat))) {
            try (Visitor grace = visit("X-Name", "grace")) {
                await().until(() -> server.sessionCount() == 1);
                assertThat(server.sessions().get(0).principal()).contains("grace");
            }
            try (Visitor nobody = visit()) {
                assertThat(nobody.closed())
                        .isEqualTo(new Visitor.Closed(1008, "who are you? (expected: a client that is known)"));
            }
        }
    }

    @Test
    void theTimeOfAnAuthenticatorIsTheHostsAffair() throws Exception {
        AtomicReference<ServerContainer> container = new AtomicReference<>();
        tomcat.start(container::set);
        WebSocketServerBuilder options = WebSocketServer.builder().authenticationTimeout(Duration.ofSeconds(1));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> options.in(container.get()))
                .withMessageContaining("authenticationTimeout: 'set' (expected: not set");
    }

    @Test
    void whoeverTheHostAuthenticatedIsThePrincipal() throws Exception {
        authenticateByHost("ada");
        start(WebSocketServer.builder());
        MockEndpoint sink = MockEndpoint.create("sink");
        try (Relay relay = Relay.start(Route.from(chat).to(sink));
                Visitor ada = visit()) {
            ada.send("hello");
            await().until(() -> sink.sent().size() == 1);
            assertThat(sink.sent().get(0).origin().principal()).isEqualTo("ada");
            assertThat(server.sessions().get(0).principal()).contains("ada");
            assertThat(server.sessions().get(0).remoteAddress()).isEqualTo("unknown");
        }
    }

    @Test
    void anOriginThatIsNotOnTheListIsRefusedByTheHandshake() throws Exception {
        start(WebSocketServer.builder().allowedOrigins("https://chat.example.org"));
        try (Relay relay = Relay.start(Route.from(chat).to(chat));
                Visitor ada = visit("Origin", "https://chat.example.org")) {
            await().until(() -> server.sessionCount() == 1);
            assertThatThrownBy(() -> visit("Origin", "http://localhost:" + tomcat.port()))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @Test
    void aSourceThatCannotWaitDropsAndMayNotBlock() throws Exception {
        start(WebSocketServer.builder());
        assertThat(chat.canWait()).isFalse();
        assertThat(Route.from(chat).to(chat).overflow()).isEqualTo(Overflow.DROP_OLDEST);
        Route blocking = Route.from(chat).queue(16, Overflow.BLOCK).to(chat);
        assertThatExceptionOfType(AraldoException.class)
                .isThrownBy(() -> Relay.start(blocking))
                .withMessageContaining("cannot wait");
    }

    @Test
    void aPathIsDeployedOnceHoweverOftenItIsNamed() throws Exception {
        start(WebSocketServer.builder());
        WebSocketServerEndpoint again = server.endpoint("again", "/chat");
        try (Relay relay = Relay.start(Route.from(again).to(again));
                Visitor ada = visit()) {
            await().until(() -> server.sessionCount() == 1);
            assertThat(relay.address(again)).hasToString("/chat");
        }
    }

    @Test
    void aPathThatIsTakenIsRefusedWithWhatToDo() throws Exception {
        AtomicReference<ServerContainer> container = new AtomicReference<>();
        tomcat.start(container::set);
        WebSocketServer first = WebSocketServer.builder().in(container.get());
        WebSocketServer second = WebSocketServer.builder().in(container.get());
        first.endpoint("chat", "/chat");
        assertThatExceptionOfType(EndpointException.class)
                .isThrownBy(() -> second.endpoint("chat", "/chat"))
                .withMessageContaining("cannot deploy /chat")
                .withMessageContaining("expected: a path that is free");
    }

    @Test
    void whatIsTheHostsAffairCannotBeSet() throws Exception {
        AtomicReference<ServerContainer> container = new AtomicReference<>();
        tomcat.start(container::set);
        WebSocketServerBuilder options =
                WebSocketServer.builder().host("0.0.0.0").port(80).maxSessionsPerAddress(3);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> options.in(container.get()))
                .withMessageContainingAll("host: 'set' (expected: not set", "port: ", "maxSessionsPerAddress: ");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WebSocketServer.builder().in(null))
                .withMessageContaining("container: null (expected: ");
    }

    @Test
    void theServerHasNoPort() throws Exception {
        start(WebSocketServer.builder());
        assertThat(server).hasToString("WebSocketServer[in WsServerContainer]");
        try (Relay relay = Relay.start(Route.from(chat).to(chat))) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> server.port())
                    .withMessageContaining("ask the host");
        }
    }
}
