package io.araldo.examples.hosts;

import static io.araldo.examples.hosts.Visitor.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.LocalEndpoint;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.websocket.Address;
import io.araldo.websocket.ClientHandshake;
import io.araldo.websocket.ClientSession;
import io.araldo.websocket.Identity;
import io.araldo.websocket.WebSocketServer;
import io.araldo.websocket.WebSocketServerBuilder;
import io.araldo.websocket.WebSocketServerEndpoint;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;

/** A path with an authenticator, and what {@link HostContract} asks of it. Clients say by a token and a cookie who they are. */
final class GuardedPath {
    private final LocalEndpoint application = LocalEndpoint.create("application");
    private final WebSocketServer server;
    private final WebSocketServerEndpoint endpoint;

    GuardedPath(WebSocketServer server) {
        this.server = server;
        this.endpoint = server.endpoint("guarded", "/guarded");
    }

    static WebSocketServerBuilder options() {
        return HostContract.options().authenticator(GuardedPath::authenticate);
    }

    private static Optional<Identity> authenticate(ClientHandshake handshake) {
        if (handshake.parameter("token").isEmpty() || !handshake.path().equals("/guarded")) {
            return Optional.empty();
        }
        return Optional.of(handshake.cookie("team").orElseThrow())
                .map(team ->
                        Identity.of(handshake.parameter("token").orElseThrow()).in(team));
    }

    WebSocketServer server() {
        return server;
    }

    private Visitor visit(int port, String query, String team) throws Exception {
        URI uri = URI.create("ws://localhost:" + port + "/guarded" + query);
        return Visitor.connect(uri, "Cookie", team);
    }

    private Outcome send(String address, String text) throws Exception {
        return application
                .send(Message.text(text).withAddress(address))
                .toCompletableFuture()
                .get();
    }

    /** @param listening where, once the relay is started */
    void letsInWhomItKnows(IntSupplier listening) throws Exception {
        try (Relay relay = Relay.start(Route.from(application).to(endpoint))) {
            int port = listening.getAsInt();
            clientsAreFoundByWhoTheyAre(port);
            isRefused(port, "", 1008);
            isRefused(port, "?token=without-a-team", 1011);
            await().untilAsserted(() -> relay.ledger().assertConserved());
        }
    }

    private void clientsAreFoundByWhoTheyAre(int port) throws Exception {
        try (Visitor ada = visit(port, "?token=ada%20l", "team=ops");
                Visitor grace = visit(port, "?token=grace", "team=ops");
                Visitor eve = visit(port, "?token=eve", "team=web")) {
            await().until(() -> server.sessionCount() == 3);
            assertThat(server.sessions())
                    .extracting(session -> session.principal().orElseThrow())
                    .containsExactlyInAnyOrder("ada l", "grace", "eve");
            assertThat(send(Address.principal("ada l"), "to Ada")).isEqualTo(Outcome.delivered());
            assertThat(send(Address.group("ops"), "to ops")).isEqualTo(Outcome.delivered());
            server.sessions().forEach(session -> session.join("all"));
            assertThat(send(Address.group("all"), "to all")).isEqualTo(Outcome.delivered());
            await().untilAsserted(() -> {
                assertThat(ada.texts()).containsExactly("to Ada", "to ops", "to all");
                assertThat(grace.texts()).containsExactly("to ops", "to all");
                assertThat(eve.texts()).containsExactly("to all");
            });
            await().untilAsserted(() -> assertThat(server.sessions())
                    .extracting(ClientSession::count)
                    .allSatisfy(count -> count.assertConserved()));
        }
        await().until(() -> server.sessionCount() == 0);
    }

    /** By the handshake, or by a session that hears nothing. */
    private void isRefused(int port, String query, int code) {
        assertThatThrownBy(() -> {
                    try (Visitor stranger = visit(port, query, "none=")) {
                        assertThat(stranger.closed().code()).isEqualTo(code);
                        throw new ExecutionException("refused late", new WebSocketHandshakeException(null));
                    }
                })
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThat(server.sessionCount()).isZero();
    }
}
