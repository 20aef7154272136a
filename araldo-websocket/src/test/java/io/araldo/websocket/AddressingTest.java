package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.LocalEndpoint;
import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages for all sessions of a principal or of a group, over real sockets. */
@ExtendWith(ThreadLeakExtension.class)
class AddressingTest {
    private static final Outcome NOBODY = Outcome.dropped(DropReason.NO_SUCH_SESSION);

    /** Clients say themselves who they are, and in which group. */
    private static final Authenticator TRUSTING = handshake -> handshake
            .parameter("user")
            .map(Identity::of)
            .map(identity -> handshake.parameter("group").map(identity::in).orElse(identity));

    private static WebSocketServerBuilder options() {
        return WebSocketServer.builder().authenticator(TRUSTING);
    }

    private static Client connect(WebSocketServer server, String target) throws Exception {
        int before = server.sessionCount();
        Client client = Client.connect(URI.create("ws://127.0.0.1:" + server.port() + target));
        await().until(() -> server.sessionCount() == before + 1);
        return client;
    }

    private static Client connect(OpenEndpoint open, String query) throws Exception {
        return connect(open.server(), "/chat?" + query);
    }

    private static Message to(String address, String text) {
        return Message.text(text).withAddress(address);
    }

    private static ClientSession sessionOf(OpenEndpoint open, String principal) {
        return open.sessions().stream()
                .filter(session -> session.principal().filter(principal::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** How many entries a link's book has. */
    private static int entries(OpenEndpoint open) {
        return ((ServerLink) open.link()).book().size();
    }

    @Test
    void aPrincipalIsAllItsSessionsAndNobodyElse() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(options());
                Client phone = connect(open, "user=alice");
                Client desk = connect(open, "user=alice");
                Client bob = connect(open, "user=bob")) {
            assertThat(open.send(to(Address.principal("alice"), "for Alice")).join())
                    .isEqualTo(Outcome.delivered());
            open.send("for all");
            await().untilAsserted(() -> {
                assertThat(phone.texts()).containsExactly("for Alice", "for all");
                assertThat(desk.texts()).containsExactly("for Alice", "for all");
                assertThat(bob.texts()).containsExactly("for all");
            });
        }
    }

    @Test
    void aGroupIsTheSessionsOfItsClientsAndThoseThatJoin() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(options());
                Client alice = connect(open, "user=alice&group=ops");
                Client bob = connect(open, "user=bob");
                Client eve = connect(open, "user=eve")) {
            sessionOf(open, "bob").join("ops");
            assertThat(sessionOf(open, "bob").groups()).containsExactly("ops");
            assertThat(open.send(to(Address.group("ops"), "one")).join()).isEqualTo(Outcome.delivered());
            await().until(() -> alice.texts().size() == 1 && bob.texts().size() == 1);
            sessionOf(open, "alice").leave("ops");
            open.send(to(Address.group("ops"), "two"));
            sessionOf(open, "bob").leave("ops");
            assertThat(open.send(to(Address.group("ops"), "three")).join()).isEqualTo(NOBODY);
            open.send("end");
            await().untilAsserted(() -> {
                assertThat(alice.texts()).containsExactly("one", "end");
                assertThat(bob.texts()).containsExactly("one", "two", "end");
                assertThat(eve.texts()).containsExactly("end");
            });
        }
    }

    @Test
    void nobodyThereIsNoSuchSession() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(options());
                Client alice = connect(open, "user=alice&group=ops")) {
            assertThat(open.send(to(Address.principal("bob"), "x")).join()).isEqualTo(NOBODY);
            assertThat(open.send(to(Address.group("alice"), "x")).join()).isEqualTo(NOBODY);
            assertThat(open.send(to(Address.principal("ops"), "x")).join()).isEqualTo(NOBODY);
            alice.cut();
            open.awaitSessions(0);
            assertThat(open.send(to(Address.principal("alice"), "x")).join()).isEqualTo(NOBODY);
            assertThat(entries(open)).isZero();
        }
    }

    @Test
    void theSenderDoesNotGetItBackUnlessThereIsEcho() throws Exception {
        for (boolean echo : new boolean[] {false, true}) {
            WebSocketServer server = options().build();
            WebSocketServerEndpoint plain = server.endpoint("browsers", "/chat");
            try (OpenEndpoint open = OpenEndpoint.of(server, echo ? plain.withEcho() : plain);
                    Client one = connect(open, "user=alice&group=ops");
                    Client two = connect(open, "user=alice&group=ops")) {
                one.send("hello");
                await().until(() -> open.inbox().count() == 1);
                Message hello = open.inbox().messages().get(0);
                open.send(hello.withAddress(Address.principal("alice"))).join();
                open.send(hello.withAddress(Address.group("ops"))).join();
                open.send("end");
                List<String> all = List.of("hello", "hello", "end");
                await().untilAsserted(() -> {
                    assertThat(one.texts()).isEqualTo(echo ? all : List.of("end"));
                    assertThat(two.texts()).isEqualTo(all);
                });
            }
        }
    }

    @Test
    void aMessageForNobodyButItsSenderIsDelivered() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(options());
                Client one = connect(open, "user=alice")) {
            one.send("hello");
            await().until(() -> open.inbox().count() == 1);
            Message back = open.inbox().messages().get(0).withAddress(Address.principal("alice"));
            assertThat(open.send(back).join()).isEqualTo(Outcome.delivered());
            assertThat(open.sessions().get(0).count().offered()).isZero();
        }
    }

    @Test
    void sessionsOfDifferentRoomsShareAGroup() throws Exception {
        WebSocketServer server = options().build();
        WebSocketServerEndpoint rooms = server.endpoint("rooms", "/room/{room}");
        try (OpenEndpoint open = OpenEndpoint.of(server, rooms);
                Client blue = connect(server, "/room/blue?user=a&group=ops");
                Client red = connect(server, "/room/red?user=b&group=ops");
                Client other = connect(server, "/room/red?user=c")) {
            assertThat(open.send(to(Address.group("ops"), "hello")).join()).isEqualTo(Outcome.delivered());
            open.send(Message.text("end").withHeader("room", WebSocketServerEndpoint.ALL_ROOMS));
            await().untilAsserted(() -> {
                assertThat(blue.texts()).containsExactly("hello", "end");
                assertThat(red.texts()).containsExactly("hello", "end");
                assertThat(other.texts()).containsExactly("end");
            });
        }
    }

    @Test
    void twoEndpointsOfOneServerDoNotShareGroups() throws Exception {
        WebSocketServer server = options().build();
        try (OpenEndpoint chat = OpenEndpoint.of(server, server.endpoint("chat", "/chat"));
                OpenEndpoint news = OpenEndpoint.of(server, server.endpoint("news", "/news"));
                Client alice = connect(server, "/chat?user=alice&group=ops")) {
            assertThat(news.send(to(Address.group("ops"), "x")).join()).isEqualTo(NOBODY);
            assertThat(chat.send(to(Address.group("ops"), "y")).join()).isEqualTo(Outcome.delivered());
            await().untilAsserted(() -> assertThat(alice.texts()).containsExactly("y"));
        }
    }

    @Test
    void aFullSessionIsEndedAndTheOthersHaveTheMessage() throws Exception {
        WebSocketServerBuilder options = options().outboundMessages(10).stallTimeout(Duration.ofSeconds(30));
        try (OpenEndpoint open = OpenEndpoint.of(options);
                Client quick = connect(open, "user=quick&group=ops");
                RawClient stuck = RawClient.open(open.port(), 4_096)) {
            stuck.handshake("/chat?user=stuck&group=ops");
            open.awaitSessions(2);
            ClientSession slow = sessionOf(open, "stuck");
            int sent = 0;
            while (!slow.count().skipped().containsKey(DropReason.SLOW_SESSION)) {
                assertThat(open.send(to(Address.group("ops"), "x".repeat(1_000_000)))
                                .join())
                        .isEqualTo(Outcome.delivered());
                sent++;
            }
            int count = sent;
            await().until(() -> quick.texts().size() == count);
            open.awaitSessions(1);
            assertThat(sessionOf(open, "quick").count().skipped()).isEmpty();
            slow.count().assertConserved();
            assertThat(slow.count().offered()).isEqualTo(count);
            assertThat(entries(open)).isEqualTo(1 + 2);
        }
    }

    @Test
    void aSessionThatReadsNothingTakesNoMoreThanIsLeftToOthers() throws Exception {
        long total = 4_000_000;
        String large = "x".repeat(500_000);
        WebSocketServerBuilder options = options()
                .outboundTotalBytes(total)
                .slowSession(SlowSession.DROP_OLDEST)
                .stallTimeout(Duration.ofSeconds(30));
        try (OpenEndpoint open = OpenEndpoint.of(options);
                Client quick = connect(open, "user=quick&group=ops");
                RawClient stuck = RawClient.open(open.port(), 4_096)) {
            stuck.handshake("/chat?user=stuck&group=ops");
            open.awaitSessions(2);
            ClientSession slow = sessionOf(open, "stuck");
            for (int i = 0; i < 60; i++) {
                open.send(to(slow.id(), large));
            }
            assertThat(slow.count().pending()).isBetween(2L, 2 + total / 2 / large.length());
            assertThat(slow.count().skipped()).containsOnlyKeys(DropReason.SLOW_SESSION);
            slow.count().assertConserved();
            for (int i = 0; i < 20; i++) {
                assertThat(open.send(to(Address.principal("quick"), large)).join())
                        .isEqualTo(Outcome.delivered());
                assertThat(open.send(to(Address.group("ops"), large)).join()).isEqualTo(Outcome.delivered());
            }
            await().until(() -> quick.texts().size() == 40);
            assertThat(open.link().health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(sessionOf(open, "quick").count().skipped()).isEmpty();
        }
    }

    @Test
    void namesAreCheckedAndTheNumberOfGroupsIsBounded() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(options());
                Client alice = connect(open, "user=alice")) {
            ClientSession session = open.sessions().get(0);
            for (String wrong : new String[] {null, "", " ", "a b", "-a", "a:b", "ü", "x".repeat(65)}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> session.join(wrong))
                        .withMessageStartingWith("group: ");
                assertThatIllegalArgumentException().isThrownBy(() -> session.leave(wrong));
                assertThatIllegalArgumentException().isThrownBy(() -> Address.group(wrong));
            }
            IntStream.range(0, 64).forEach(i -> session.join("group-" + i));
            session.join("group-7");
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.join("one-more"))
                    .withMessage("groups of session " + session.id() + ": 64, and 'one-more' to be joined"
                            + " (expected: at most 64; leave one before)");
            assertThat(session.groups()).hasSize(64);
            assertThat(entries(open)).isEqualTo(1 + 1 + 64);
            session.leave("group-7");
            session.join("one-more");
            assertThat(open.send(to(Address.group("one-more"), "hello")).join()).isEqualTo(Outcome.delivered());
            alice.cut();
            open.awaitSessions(0);
            session.join("too-late");
            session.leave("group-1");
            assertThat(session.groups()).isEmpty();
            assertThat(entries(open)).isZero();
        }
    }

    @Test
    void anAddressOfAClientCountsOnAddressableRoutesOnly() throws Exception {
        WebSocketServer server = options().build();
        WebSocketServerEndpoint closed = server.endpoint("closed", "/closed").withMarshaller(Marshaller.json());
        WebSocketServerEndpoint chat = server.endpoint("chat", "/chat");
        WebSocketServerEndpoint post = server.endpoint("post", "/post").withMarshaller(Marshaller.json());
        try (Relay relay = Relay.start(
                        Route.from(closed).to(chat),
                        Route.from(post).addressable().to(chat));
                Client alice = connect(server, "/chat?user=alice&group=ops");
                Client bob = connect(server, "/chat?user=bob");
                Client into = connect(server, "/post?user=eve");
                Client past = connect(server, "/closed?user=eve")) {
            past.send("{\"data\":\"to all\",\"address\":\"group:ops\"}");
            past.send("{\"data\":\"to all\",\"address\":\"principal:alice\"}");
            await().until(() -> bob.texts().size() == 2 && alice.texts().size() == 2);
            into.send("{\"data\":\"to Alice\",\"address\":\"principal:alice\"}");
            into.send("{\"data\":\"to ops\",\"address\":\"group:ops\"}");
            await().until(() -> alice.texts().size() == 4);
            past.send("{\"data\":\"end\"}");
            await().untilAsserted(() -> {
                assertThat(alice.texts()).containsExactly("to all", "to all", "to Alice", "to ops", "end");
                assertThat(bob.texts()).containsExactly("to all", "to all", "end");
            });
            await().untilAsserted(() -> relay.ledger().assertConserved());
        }
    }

    @Test
    void theLedgerCountsOneLegHoweverManyAreAddressed() throws Exception {
        LocalEndpoint application = LocalEndpoint.create("application");
        WebSocketServer server = options().build();
        WebSocketServerEndpoint chat = server.endpoint("chat", "/chat");
        try (Relay relay = Relay.start(Route.from(application).to(chat));
                Client one = connect(server, "/chat?user=a&group=ops");
                Client two = connect(server, "/chat?user=b&group=ops");
                Client three = connect(server, "/chat?user=c")) {
            application
                    .send(to(Address.group("ops"), "hello"))
                    .toCompletableFuture()
                    .join();
            application
                    .send(to(Address.group("none"), "hello"))
                    .toCompletableFuture()
                    .join();
            await().untilAsserted(() -> {
                assertThat(relay.ledger().sessions("chat").written()).isEqualTo(2);
                assertThat(relay.ledger().sessions("chat").offered()).isEqualTo(2);
            });
            assertThat(relay.ledger().leg("application->chat", "chat").delivered())
                    .isEqualTo(1);
            assertThat(relay.ledger().leg("application->chat", "chat").dropped())
                    .containsEntry(DropReason.NO_SUCH_SESSION, 1L);
            relay.ledger().assertConserved();
            assertThat(List.of(one.texts(), two.texts(), three.texts()))
                    .containsExactly(List.of("hello"), List.of("hello"), List.of());
        }
    }

    /** More than one pass of a room writes to, on a thread of its own then. */
    @Test
    void aLargeGroupIsReachedByOneMessage() throws Exception {
        int size = 600;
        WebSocketServerBuilder options = options();
        List<RawClient> clients = new ArrayList<>();
        try (OpenEndpoint open = OpenEndpoint.of(options)) {
            for (int i = 0; i < size; i++) {
                RawClient client = RawClient.open(open.port());
                client.handshake("/chat?user=u" + i + "&group=ops");
                clients.add(client);
            }
            open.awaitSessions(size);
            assertThat(open.send(to(Address.group("ops"), "hello")).join()).isEqualTo(Outcome.delivered());
            for (RawClient client : clients) {
                assertThat(client.read().text()).isEqualTo("hello");
                client.cut();
            }
            open.awaitSessions(0);
            assertThat(entries(open)).isZero();
        }
    }
}
