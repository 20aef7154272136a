package io.araldo.examples.hosts;

import static io.araldo.examples.hosts.Visitor.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.LocalEndpoint;
import io.araldo.Message;
import io.araldo.Payload;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.RelayEvent.SessionClosed;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.ClientSession;
import io.araldo.websocket.WebSocketServer;
import io.araldo.websocket.WebSocketServerBuilder;
import io.araldo.websocket.WebSocketServerEndpoint;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a {@link WebSocketServer} does wherever it is: on a port of its own, or in the container of a host. A subclass says
 * how its host is started. The host lives as long as the class; each test starts a relay in it.
 */
@ExtendWith(ThreadLeakExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostContract {
    private static final int MAX = 1 << 18;

    private final List<RelayEvent> events = new CopyOnWriteArrayList<>();
    private final List<Visitor> visitors = new ArrayList<>();
    private final LocalEndpoint application = LocalEndpoint.create("application");
    private WebSocketServer server;
    private WebSocketServerEndpoint chat;
    private WebSocketServerEndpoint ask;
    private WebSocketServerEndpoint rooms;
    private GuardedPath guarded;

    /** Starts the host, whose container goes to {@link #deployIn}. */
    abstract void startHost() throws Exception;

    abstract void stopHost() throws Exception;

    /** Where the host listens. */
    abstract int port();

    final void deployIn(ServerContainer container) {
        deploy(options().in(container));
        guard(GuardedPath.options().in(container));
    }

    final void deployIn(ServletContext context) {
        deployIn((ServerContainer) context.getAttribute(ServerContainer.class.getName()));
    }

    final void deploy(WebSocketServer deployed) {
        server = deployed;
        chat = server.endpoint("chat", "/chat");
        ask = server.endpoint("ask", "/ask");
        rooms = server.endpoint("rooms", "/room/{room}");
    }

    final void guard(WebSocketServer deployed) {
        guarded = new GuardedPath(deployed);
    }

    static WebSocketServerBuilder options() {
        return WebSocketServer.builder()
                .maxMessageBytes(MAX)
                .pingInterval(Duration.ofMillis(200))
                .stallTimeout(Duration.ofSeconds(1))
                .outboundMessages(2_000);
    }

    final WebSocketServer server() {
        return server;
    }

    final GuardedPath guarded() {
        return guarded;
    }

    /** Where the server with an authenticator listens. */
    int guardedPort() {
        return port();
    }

    @BeforeAll
    void start() throws Exception {
        startHost();
    }

    @AfterAll
    void stop() throws Exception {
        stopHost();
    }

    @AfterEach
    void leave() {
        visitors.forEach(Visitor::close);
        visitors.clear();
        events.clear();
    }

    final Relay relay() {
        return Relay.builder()
                .route(Route.from(chat).to(chat), Route.from(application).to(chat))
                .route(Route.from(ask).to(ask))
                .events(events::add)
                .start();
    }

    final Visitor visit() throws Exception {
        return visit("/chat");
    }

    /** Connects, and waits until the server knows. */
    final Visitor visit(String path, String... headers) throws Exception {
        int before = server.sessionCount();
        Visitor visitor = connect(path, headers);
        await().until(() -> server.sessionCount() == before + 1);
        return visitor;
    }

    private Visitor connect(String path, String... headers) throws Exception {
        Visitor visitor = Visitor.connect(URI.create("ws://localhost:" + port() + path), headers);
        visitors.add(visitor);
        return visitor;
    }

    @Test
    void whatOneSaysTheOthersHear() throws Exception {
        try (Relay relay = relay()) {
            Visitor ada = visit();
            Visitor grace = visit();
            ada.send("grüße");
            grace.send(new byte[] {0, -1, 2});
            grace.send("");
            await().untilAsserted(() -> {
                assertThat(grace.texts()).containsExactly("grüße");
                assertThat(ada.binaries()).containsExactly(new byte[] {0, -1, 2});
                assertThat(ada.texts()).containsExactly("");
            });
            assertThat(grace.binaries()).isEmpty();
            await().untilAsserted(() -> relay.ledger().assertConserved());
            assertCounted();
        }
    }

    @Test
    void eachValueOfAVariableIsARoom() throws Exception {
        try (Relay relay = Relay.start(Route.from(rooms).to(rooms))) {
            Visitor ada = visit("/room/blue");
            Visitor grace = visit("/room/blue?room=red");
            Visitor eve = visit("/room/red");
            eve.send("hello red");
            ada.send("hello blue");
            await().untilAsserted(() -> assertThat(grace.texts()).containsExactly("hello blue"));
            await().untilAsserted(() -> relay.ledger().assertConserved());
            assertThat(eve.texts()).isEmpty();
        }
    }

    /** Every message for every session is accounted for. */
    private void assertCounted() {
        assertThat(server.sessions()).isNotEmpty();
        await().untilAsserted(() -> assertThat(server.sessions()).allSatisfy(session -> {
            session.count().assertConserved();
            assertThat(session.count().pending()).isZero();
        }));
    }

    @Test
    void messagesUpToTheLimitAreWhole() throws Exception {
        try (Relay relay = relay()) {
            Visitor ada = visit();
            Visitor grace = visit();
            ada.send("ü".repeat(MAX / 2));
            ada.send(new byte[MAX]);
            await().untilAsserted(() -> {
                assertThat(grace.texts()).containsExactly("ü".repeat(MAX / 2));
                assertThat(grace.binaries()).containsExactly(new byte[MAX]);
            });
            assertCounted();
        }
    }

    @Test
    void aMessageBeyondTheLimitEndsItsSessionWith1009() throws Exception {
        try (Relay relay = relay()) {
            Visitor grace = visit();
            Visitor ada = visit();
            ada.send("ü".repeat(MAX / 2) + "x");
            assertThat(ada.closed().code()).isEqualTo(1009);
            await().until(() -> server.sessionCount() == 1);
            Visitor third = visit();
            third.send("only this");
            await().untilAsserted(() -> assertThat(grace.texts()).containsExactly("only this"));
        }
    }

    @Test
    void aReplyGoesToTheOneThatAsked() throws Exception {
        LocalEndpoint answers = LocalEndpoint.create("answers");
        answers.onMessage(question ->
                answers.reply(question, "you said " + question.payload().text()));
        try (Relay relay =
                Relay.start(Route.from(ask).to(answers), Route.from(answers).to(ask))) {
            Visitor ada = visit("/ask");
            Visitor grace = visit("/ask");
            ada.send("one");
            await().untilAsserted(() -> assertThat(ada.texts()).containsExactly("you said one"));
            answers.send("all");
            await().untilAsserted(() -> assertThat(grace.texts()).containsExactly("all"));
            assertCounted();
        }
    }

    @Test
    void theServerClosesWithACodeAfterWhatItSent() throws Exception {
        try (Relay relay = relay()) {
            Visitor ada = visit();
            IntStream.range(0, 50).forEach(i -> application.send("message " + i));
            ClientSession session = server.sessions().get(0);
            await().until(() -> session.count().offered() == 50);
            session.close(3001, "enough");
            assertThat(ada.closed()).isEqualTo(new Visitor.Closed(3001, "enough"));
            assertThat(ada.texts()).hasSize(50);
            await().until(() -> server.sessionCount() == 0);
            session.count().assertConserved();
            await().untilAsserted(() -> assertThat(closeCodes(session.id())).containsExactly(3001));
        }
    }

    @Test
    void aClientThatClosesIsGone() throws Exception {
        try (Relay relay = relay()) {
            Visitor ada = visit();
            ada.closeWith(4002, "bye");
            await().until(() -> server.sessionCount() == 0);
            await().untilAsserted(() -> assertThat(closeCodes()).containsExactly(4002));
        }
    }

    @Test
    void aClientThatBreaksOffIsGone() throws Exception {
        try (Relay relay = relay()) {
            Visitor ada = visit();
            ada.close();
            await().until(() -> server.sessionCount() == 0);
            await().untilAsserted(() -> assertThat(closeCodes()).hasSize(1));
        }
    }

    private List<Integer> closeCodes() {
        return closings().map(SessionClosed::code).toList();
    }

    /**
     * Of this session alone. Tyrus on Grizzly forgets a connection while it closes it: a Close frame that comes then is taken
     * for a handshake, and opens a session that ends at once.
     */
    private List<Integer> closeCodes(String session) {
        return closings()
                .filter(closing -> closing.session().equals(session))
                .map(SessionClosed::code)
                .toList();
    }

    private Stream<SessionClosed> closings() {
        return events.stream().filter(SessionClosed.class::isInstance).map(SessionClosed.class::cast);
    }

    /** By the handshake, or by a session that hears and says nothing. */
    @Test
    void aPageOfAnotherOriginIsRefused() throws Exception {
        try (Relay relay = relay()) {
            Visitor grace = visit("/chat", "Origin", "http://localhost:" + port());
            assertThatThrownBy(() -> {
                        Visitor stranger = connect("/chat", "Origin", "http://evil.example");
                        stranger.send("let me in");
                        application.send("a secret");
                        assertThat(stranger.closed().code()).isEqualTo(1008);
                        assertThat(stranger.texts()).isEmpty();
                        throw new IllegalStateException("refused late");
                    })
                    .isNotInstanceOf(AssertionError.class);
            application.send("end");
            await().until(() -> grace.texts().contains("end"));
            assertThat(grace.texts()).doesNotContain("let me in");
            assertThat(server.sessionCount()).isEqualTo(1);
        }
    }

    @Test
    void sessionsEndWithTheirRelayAndTheNextTakesOthers() throws Exception {
        try (Relay first = relay()) {
            Visitor ada = visit();
            first.close();
            assertThat(ada.closed().code()).isEqualTo(1001);
        }
        assertThat(server.sessionCount()).isZero();
        try (Relay second = relay()) {
            Visitor ada = visit();
            Visitor grace = visit();
            ada.send("again");
            await().untilAsserted(() -> assertThat(grace.texts()).containsExactly("again"));
        }
    }

    @Test
    void aBurstArrivesWholeAndInOrder() throws Exception {
        List<String> expected = texts(1_000);
        try (Relay relay = relay()) {
            Visitor ada = visit();
            Visitor grace = visit();
            expected.forEach(application::send);
            await().untilAsserted(() -> assertThat(ada.texts()).isEqualTo(expected));
            await().untilAsserted(() -> assertThat(grace.texts()).isEqualTo(expected));
            await().untilAsserted(() -> relay.ledger().assertConserved());
            assertCounted();
        }
    }

    @Test
    void aBurstOfAClientIsHeardWholeAndInOrder() throws Exception {
        List<String> expected = texts(1_000);
        try (Relay relay = relay()) {
            Visitor ada = visit();
            Visitor grace = visit();
            for (String text : expected) {
                ada.send(text);
            }
            await().untilAsserted(() -> assertThat(grace.texts()).isEqualTo(expected));
            assertThat(ada.texts()).isEmpty();
            assertCounted();
        }
    }

    /** So many that threads of the server's own write to them. */
    @Test
    void eachOfManyHearsEverything() throws Exception {
        List<String> expected = texts(100);
        try (Relay relay = relay()) {
            List<Visitor> many = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                many.add(visit());
            }
            expected.forEach(application::send);
            await().untilAsserted(() -> assertThat(many)
                    .allSatisfy(visitor -> assertThat(visitor.texts()).isEqualTo(expected)));
            assertCounted();
        }
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
    }

    @Test
    void aClientThatIsSilentIsAskedAndStays() throws Exception {
        try (Relay relay = relay()) {
            Visitor ada = visit();
            await().until(() -> ada.pings() >= 3);
            application.send("still there");
            await().untilAsserted(() -> assertThat(ada.texts()).containsExactly("still there"));
        }
    }

    @Test
    void aClientThatDoesNotReadIsEndedAndHoldsNobodyBack() throws Exception {
        Payload large = Payload.binary(new byte[1 << 15]);
        try (Relay relay = relay();
                Sleeper stalled = Sleeper.connect(port(), "/chat")) {
            await().until(() -> server.sessionCount() == 1);
            Visitor ada = visit();
            for (int i = 0; i < 500; i++) {
                application.send(Message.of(large));
            }
            await().until(() -> ada.binaries().size() == 500);
            await().until(() -> server.sessionCount() == 1);
            await().untilAsserted(() -> assertThat(closeCodes()).containsExactly(1013));
            assertThat(stalled.readsToTheEnd()).isTrue();
            await().untilAsserted(() -> relay.ledger().assertConserved());
            assertCounted();
        }
    }

    @Test
    void anAuthenticatorSaysWhoClientsAreAndWhoStaysOutside() throws Exception {
        guarded.letsInWhomItKnows(this::guardedPort);
    }
}
