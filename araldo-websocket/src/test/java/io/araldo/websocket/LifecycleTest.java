package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.araldo.EndpointException;
import io.araldo.RelayEvent.SessionClosed;
import io.araldo.RelayEvent.SessionOpened;
import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When the port is bound, and that nothing stays. */
class LifecycleTest {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS =
            ThreadLeakExtension.afterEachTest().watching("grizzly", "Grizzly", "tyrus");

    private static ServerSocket occupied() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static boolean isBound(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void nothingIsBoundBeforeAnEndpointIsOpened() {
        WebSocketServer server = WebSocketServer.builder().build();
        server.endpoint("browsers", "/chat");
        assertThatIllegalStateException()
                .isThrownBy(server::port)
                .withMessageContaining("not bound (expected: a relay that is started)");
        assertThat(server.sessions()).isEmpty();
    }

    @Test
    void thePortIsFreeAfterTheLastLinkIsClosedAndNotBefore() {
        WebSocketServer server = WebSocketServer.builder().build();
        int port;
        try (OpenEndpoint one = OpenEndpoint.of(server, server.endpoint("one", "/one"))) {
            port = one.port();
            OpenEndpoint two = OpenEndpoint.of(server, server.endpoint("two", "/two"));
            assertThat(two.port()).isEqualTo(port);
            two.link().close().toCompletableFuture().join();
            assertThat(isBound(port)).isTrue();
        }
        assertThat(isBound(port)).isFalse();
    }

    /** A deadline may end the connection at any moment, on another thread. */
    @Test
    void aSessionWhoseConnectionEndsBeforeItHasOpenedIsGone() {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            Session other = newSession(open, new ScriptedWire());
            other.opened();
            Session session = newSession(open, new ScriptedWire());
            session.connectionEnded();
            session.opened();
            assertOnlyOneIsLeft(open, other);
        }
    }

    /** As above, when the link knows the session already: in its first write. */
    @Test
    void aSessionWhoseConnectionEndsWhileItOpensIsGone() {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            Session other = newSession(open, new ScriptedWire());
            other.opened();
            List<Session> session = new ArrayList<>();
            ScriptedWire wire = new ScriptedWire();
            wire.onWrite(() -> session.get(0).connectionEnded());
            session.add(newSession(open, wire));
            open.send("to be written");
            session.get(0).opened();
            assertThat(wire.writes).hasSize(1);
            assertOnlyOneIsLeft(open, other);
        }
    }

    private static Session newSession(OpenEndpoint open, Wire wire) {
        return new ServerPath((ServerLink) open.link(), null, open.context().timer())
                .newSession(PathTemplate.NO_VALUE, wire, "127.0.0.1:1", null);
    }

    /** In the room, too, which is there for as long as somebody is in it. */
    private static void assertOnlyOneIsLeft(OpenEndpoint open, Session other) {
        ServerLink link = (ServerLink) open.link();
        assertThat(link.sessions()).containsExactly(other);
        assertThat(link.roomCount()).isEqualTo(1);
        other.connectionEnded();
        assertThat(link.sessions()).isEmpty();
        assertThat(link.roomCount()).isZero();
        assertThat(open.context().events())
                .extracting(Object::getClass)
                .containsExactly(SessionOpened.class, SessionOpened.class, SessionClosed.class, SessionClosed.class);
    }

    @Test
    void eachEndpointHasItsOwnSessions() throws Exception {
        WebSocketServer server = WebSocketServer.builder().build();
        try (OpenEndpoint one = OpenEndpoint.of(server, server.endpoint("one", "/one"));
                OpenEndpoint two = OpenEndpoint.of(server, server.endpoint("two", "/two"));
                Client ofOne = one.connect();
                Client ofTwo = two.connect()) {
            one.send("to one");
            two.send("to two");
            org.awaitility.Awaitility.await().untilAsserted(() -> {
                assertThat(ofOne.texts()).containsExactly("to one");
                assertThat(ofTwo.texts()).containsExactly("to two");
            });
        }
    }

    @Test
    void aServerCanBeOpenedAgainOnTheSamePort() throws Exception {
        int port;
        try (ServerSocket free = occupied()) {
            port = free.getLocalPort();
        }
        WebSocketServer server = WebSocketServer.builder().port(port).build();
        for (int i = 0; i < 5; i++) {
            try (OpenEndpoint open = OpenEndpoint.of(server, server.endpoint("browsers", "/chat"));
                    Client client = open.connect()) {
                assertThat(open.port()).isEqualTo(port);
                assertThat(client.closed()).isNotDone();
            }
        }
    }

    @Test
    void anEndpointCanBeOpenedAgainBesideAnother() throws Exception {
        WebSocketServer server = WebSocketServer.builder().build();
        WebSocketServerEndpoint again = server.endpoint("again", "/again");
        try (OpenEndpoint stays = OpenEndpoint.of(server, server.endpoint("stays", "/stays"))) {
            for (int i = 0; i < 3; i++) {
                try (OpenEndpoint open = OpenEndpoint.of(server, again);
                        Client client = open.connect()) {
                    client.send("hello");
                    org.awaitility.Awaitility.await().until(() -> open.inbox().count() == 1);
                }
            }
            assertThat(stays.server().sessionCount()).isZero();
        }
    }

    @Test
    void allClientsAreToldThatTheServerGoesAway() throws Exception {
        List<Client> clients = new ArrayList<>();
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            for (int i = 0; i < 20; i++) {
                clients.add(open.connect());
            }
            open.send("last news");
        }
        for (Client client : clients) {
            assertThat(client.closed().get(2, TimeUnit.SECONDS)).isEqualTo(1001);
            assertThat(client.texts()).containsExactly("last news");
        }
    }

    @Test
    void aClientThatDoesItsPartIsNotCut() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            CompletableFuture<Void> closed = open.link().close().toCompletableFuture();
            assertThat(client.read().closeCode()).isEqualTo(1001);
            assertThat(closed).isNotDone();
            client.write(RawClient.frame(0x88, new byte[] {3, (byte) 0xe9}));
            assertThat(client.endsInOrder()).isTrue();
            closed.get(2, TimeUnit.SECONDS);
        }
    }

    @Test
    void closingTakesTwoSecondsAtMostWhateverClientsDo() throws Exception {
        OpenEndpoint open = OpenEndpoint.withDefaults();
        try (RawClient stuck = open.connectRaw(4_096);
                RawClient half = RawClient.open(open.port())) {
            half.write("GET /chat HTTP/1.1\r\n");
            open.send("x".repeat(10_000_000));
            long begun = System.nanoTime();
            open.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
            assertThat(half.isAtEnd()).isTrue();
            stuck.cut();
        }
    }

    @Test
    void closingAgainIsTheSameEnd() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            CompletableFuture<Void> first = open.link().close().toCompletableFuture();
            CompletableFuture<Void> second = open.link().close().toCompletableFuture();
            second.get(2, TimeUnit.SECONDS);
            first.get(2, TimeUnit.SECONDS);
            assertThat(client.closed().get(2, TimeUnit.SECONDS)).isEqualTo(1001);
        }
    }

    @Test
    void aPortInUseIsOneClearLine() throws Exception {
        try (ServerSocket inTheWay = occupied()) {
            int port = inTheWay.getLocalPort();
            assertThatExceptionOfType(EndpointException.class)
                    .isThrownBy(() -> OpenEndpoint.of(WebSocketServer.builder().port(port)))
                    .withMessage("endpoint 'browsers': cannot listen on 127.0.0.1:" + port + ": the port is in use"
                            + " (stop the program that uses it, or choose another port, or 0 for any free one)");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsOneClearLine() {
        assertThatExceptionOfType(EndpointException.class)
                .isThrownBy(() -> OpenEndpoint.of(WebSocketServer.builder().host("192.0.2.1")))
                .withMessage("endpoint 'browsers': cannot listen on 192.0.2.1:0: not an address of this machine"
                        + " (expected: one of its own, 127.0.0.1, or 0.0.0.0 for all)");
    }

    @Test
    void aHostThatDoesNotExistIsOneClearLine() {
        assertThatExceptionOfType(EndpointException.class)
                .isThrownBy(() -> OpenEndpoint.of(WebSocketServer.builder().host("no-such-host.invalid")))
                .withMessage("endpoint 'browsers': cannot listen on no-such-host.invalid:0: no such host"
                        + " (expected: an address or name of this machine)");
    }

    @Test
    void aServerThatCouldNotBeBoundCanBeOpenedLater() throws Exception {
        WebSocketServer server;
        try (ServerSocket inTheWay = occupied()) {
            server = WebSocketServer.builder().port(inTheWay.getLocalPort()).build();
            assertThatExceptionOfType(EndpointException.class)
                    .isThrownBy(() -> OpenEndpoint.of(server, server.endpoint("browsers", "/chat")));
        }
        try (OpenEndpoint open = OpenEndpoint.of(server, server.endpoint("browsers", "/chat"));
                Client client = open.connect()) {
            assertThat(client.closed()).isNotDone();
        }
    }

    @Test
    void twoEndpointsOfOnePathAreAMistakeThatNamesBoth() {
        WebSocketServer server = WebSocketServer.builder().build();
        try (OpenEndpoint one = OpenEndpoint.of(server, server.endpoint("one", "/chat"))) {
            assertThatExceptionOfType(EndpointException.class)
                    .isThrownBy(() -> OpenEndpoint.of(server, server.endpoint("other", "/chat")))
                    .withMessageStartingWith("endpoints 'one' and 'other' have one path, /chat, of one server");
            assertThat(isBound(one.port())).isTrue();
        }
    }

    @Test
    void aServerServesOneRelayAtATime() {
        WebSocketServer server = WebSocketServer.builder().build();
        try (OpenEndpoint one = OpenEndpoint.ofRelay("first", server, server.endpoint("one", "/one"))) {
            assertThatExceptionOfType(EndpointException.class)
                    .isThrownBy(() -> OpenEndpoint.ofRelay("second", server, server.endpoint("two", "/two")))
                    .withMessageContaining("is in use by relay 'first'");
            assertThat(one.server().sessionCount()).isZero();
        }
    }

    @Test
    void theServersThreadsAreDaemonsThatBearItsPort() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            String prefix = "araldo-ws-" + open.port() + "-";
            List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith(prefix))
                    .toList();
            assertThat(threads).hasSizeGreaterThan(2).allMatch(Thread::isDaemon);
            assertThat(threads)
                    .extracting(thread -> thread.getName().substring(prefix.length()))
                    .allMatch(name -> name.matches("(io|timer)-\\d+( SelectorRunner)?"));
            assertThat(client.closed()).isNotDone();
        }
    }
}
