package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.araldo.Message;
import io.araldo.RelayEvent.SessionOpened;
import io.araldo.testing.ThreadLeakExtension;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Who is let in on a port of the server's own, and as whom. */
@ExtendWith(ThreadLeakExtension.class)
class AuthenticatorTest {
    /** What {@link Reception} takes in at most: those that are asked about, and those that wait for it. */
    private static final int ROOM = 8 + 1_000;

    private final Logger logger = (Logger) LoggerFactory.getLogger(Identification.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setAdditive(false);
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    private static OpenEndpoint open(Authenticator authenticator) {
        return OpenEndpoint.of(WebSocketServer.builder().authenticator(authenticator));
    }

    private static RawClient handshake(OpenEndpoint open, String query, String headers) throws Exception {
        RawClient client = RawClient.open(open.port());
        client.write(RawClient.handshakeHead("/chat" + query, open.port()) + headers + "\r\n");
        return client;
    }

    private static String refused(OpenEndpoint open, String query) throws Exception {
        try (RawClient client = handshake(open, query, "")) {
            String answer = client.readAll();
            assertThat(answer).doesNotContain("101 Switching");
            return answer;
        }
    }

    private static boolean askersAreThere() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().contains("-auth-"));
    }

    /** Waits until the test is over, or it is interrupted. */
    private static Optional<Identity> waitFor(CountDownLatch latch, AtomicInteger interrupted) {
        try {
            latch.await();
            return Optional.of(Identity.of("late"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted.incrementAndGet();
            return Optional.empty();
        }
    }

    @Test
    void theAuthenticatorSaysWhoASessionIs() throws Exception {
        AtomicReference<ClientHandshake> asked = new AtomicReference<>();
        Authenticator authenticator = handshake -> {
            asked.set(handshake);
            return Optional.of(Identity.of("alice").in("ops", "all"));
        };
        try (OpenEndpoint open = open(authenticator);
                RawClient client =
                        handshake(open, "?token=a%20b&x=1", "Cookie: a=1; session=\"s7\"\r\nX-Team: blue\r\n")) {
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            open.awaitSessions(1);
            client.send("hello");
            await().until(() -> open.inbox().count() == 1);
            assertThat(open.inbox().messages().get(0).origin().principal()).isEqualTo("alice");
            ClientSession session = open.sessions().get(0);
            assertThat(session.principal()).contains("alice");
            assertThat(session.groups()).containsExactlyInAnyOrder("ops", "all");
            assertThat(open.context().events(SessionOpened.class))
                    .extracting(SessionOpened::principal)
                    .containsExactly("alice");
        }
        assertThat(asked.get().path()).isEqualTo("/chat");
        assertThat(asked.get().parameter("token")).contains("a b");
        assertThat(asked.get().cookie("session")).contains("s7");
        assertThat(asked.get().header("X-Team")).contains("blue");
        assertThat(asked.get().remoteAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void whoIsNotKnownIsAnsweredWith401() throws Exception {
        try (OpenEndpoint open = open(handshake -> Optional.empty())) {
            assertThat(refused(open, ""))
                    .startsWith("HTTP/1.1 401 ")
                    .containsIgnoringCase("WWW-Authenticate: Application")
                    .endsWith("who are you? (expected: a client that is known)\n");
            assertThat(open.sessions()).isEmpty();
        }
    }

    @Test
    void anAuthenticatorThatFailsIsA500AndQuotesNobody() throws Exception {
        Authenticator failing = handshake -> {
            throw new IllegalStateException("no such token: " + handshake.query());
        };
        try (OpenEndpoint open = open(failing)) {
            for (int i = 0; i < 3; i++) {
                assertThat(refused(open, "?token=secret"))
                        .startsWith("HTTP/1.1 500 ")
                        .endsWith("who you are could not be found out\n");
            }
            await().untilAsserted(() -> assertThat(log.list).isNotEmpty());
            assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
            assertThat(log.list.get(0).getFormattedMessage())
                    .startsWith("The authenticator failed 1 time(s)")
                    .contains("java.lang.IllegalStateException at ");
            assertThat(log.list).hasSizeLessThan(3).allSatisfy(event -> {
                assertThat(event.getFormattedMessage()).doesNotContain("secret");
                assertThat(event.getThrowableProxy()).isNull();
            });
        }
    }

    @Test
    void nullAndErrorsAreFailuresToo() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Authenticator failing = handshake -> {
            if (calls.incrementAndGet() == 1) {
                return null;
            }
            throw new NoClassDefFoundError("as the test wants it");
        };
        try (OpenEndpoint open = open(failing)) {
            assertThat(refused(open, "")).startsWith("HTTP/1.1 500 ");
            assertThat(refused(open, "")).startsWith("HTTP/1.1 500 ");
        }
    }

    @Test
    void aSlowAuthenticatorHoldsUpNobodyElse() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        Authenticator slow = handshake ->
                handshake.parameter("user").map(Identity::of).or(() -> waitFor(latch, new AtomicInteger()));
        int ioThreads = Runtime.getRuntime().availableProcessors() + 1;
        List<RawClient> waiting = new ArrayList<>();
        try (OpenEndpoint open = open(slow);
                RawClient quick = handshake(open, "?user=quick", "")) {
            assertThat(quick.readHead()).startsWith("HTTP/1.1 101 ");
            for (int i = 0; i <= ioThreads; i++) {
                waiting.add(handshake(open, "", ""));
            }
            for (int i = 0; i < 100; i++) {
                quick.send("in " + i);
                open.send("out " + i);
                assertThat(quick.read().text()).isEqualTo("out " + i);
            }
            await().until(() -> open.inbox().count() == 100);
            assertThat(open.sessions()).hasSize(1);
            latch.countDown();
            for (RawClient client : waiting) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
                client.cut();
            }
        }
    }

    @Test
    void anAuthenticatorThatTakesTooLongIsInterruptedAndTheClientAnsweredWith503() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        WebSocketServerBuilder options = WebSocketServer.builder()
                .authenticator(handshake -> waitFor(new CountDownLatch(1), interrupted))
                .authenticationTimeout(Duration.ofMillis(50));
        try (OpenEndpoint open = OpenEndpoint.of(options)) {
            for (int i = 1; i <= 10; i++) {
                assertThat(refused(open, ""))
                        .startsWith("HTTP/1.1 503 ")
                        .endsWith("who you are was not found out within 50 ms (expected: come again later)\n");
                int count = i;
                await().until(() -> interrupted.get() == count);
            }
        }
    }

    @Test
    void whatFailsOnlyAfterTheTimeoutIsNoFailure() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        WebSocketServerBuilder options = WebSocketServer.builder()
                .authenticationTimeout(Duration.ofMillis(50))
                .authenticator(handshake -> {
                    waitFor(new CountDownLatch(1), new AtomicInteger());
                    ended.countDown();
                    throw new IllegalStateException("interrupted");
                });
        try (OpenEndpoint open = OpenEndpoint.of(options)) {
            assertThat(refused(open, "")).startsWith("HTTP/1.1 503 ");
            assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(log.list).isEmpty();
    }

    @Test
    void whoWaitsHasAPlaceAndNobodyIsAskedAboutOneMore() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        WebSocketServerBuilder options = WebSocketServer.builder()
                .maxSessionsPerAddress(1)
                .authenticator(handshake -> {
                    asked.incrementAndGet();
                    return waitFor(latch, new AtomicInteger());
                });
        try (OpenEndpoint open = OpenEndpoint.of(options);
                RawClient first = handshake(open, "", "")) {
            await().until(() -> asked.get() == 1);
            assertThat(refused(open, ""))
                    .startsWith("HTTP/1.1 503 ")
                    .endsWith("all 1 sessions of your address are taken (maxSessionsPerAddress)\n");
            latch.countDown();
            assertThat(first.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void oneMoreThanMayWaitIsAnsweredWith503AtOnce() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        WebSocketServerBuilder options = WebSocketServer.builder()
                .maxSessionsPerAddress(2_000)
                .authenticator(handshake -> waitFor(latch, new AtomicInteger()))
                .authenticationTimeout(Duration.ofSeconds(20));
        List<RawClient> waiting = new ArrayList<>();
        try (OpenEndpoint open = OpenEndpoint.of(options)) {
            for (int i = 0; i <= ROOM; i++) {
                waiting.add(handshake(open, "", ""));
            }
            await().until(() -> waiting.stream().anyMatch(RawClient::hasAnswer));
            RawClient refused =
                    waiting.stream().filter(RawClient::hasAnswer).findFirst().orElseThrow();
            assertThat(refused.readAll())
                    .startsWith("HTTP/1.1 503 ")
                    .endsWith("too many clients wait to be let in (expected: come again later)\n");
            waiting.remove(refused);
            latch.countDown();
            open.awaitSessions(ROOM);
            for (RawClient client : waiting) {
                client.cut();
            }
            open.awaitSessions(0);
        }
    }

    @Test
    void whatAClientSendsBeforeItsAnswerIsNotLost() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (OpenEndpoint open = open(handshake -> waitFor(latch, new AtomicInteger()));
                RawClient eager = RawClient.open(open.port())) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(
                    (RawClient.handshakeHead("/chat", open.port()) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            both.writeBytes(RawClient.frame(0x81, "early".getBytes(StandardCharsets.UTF_8)));
            eager.write(both.toByteArray());
            eager.send("later");
            latch.countDown();
            assertThat(eager.readHead()).startsWith("HTTP/1.1 101 ");
            await().untilAsserted(() -> assertThat(open.inbox().texts()).containsExactly("early", "later"));
        }
    }

    /** The read that brings the handshake brings more than there is room for. */
    @Test
    void aSessionThatHasNoRoomFromTheStartIsHeldBackAndGoesOn() throws Exception {
        try (OpenEndpoint open = open(handshake -> Optional.of(Identity.of("alice")));
                RawClient eager = RawClient.open(open.port())) {
            open.inbox().fill();
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(
                    (RawClient.handshakeHead("/chat", open.port()) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            both.writeBytes(RawClient.frame(0x81, "first".getBytes(StandardCharsets.UTF_8)));
            eager.write(both.toByteArray());
            await().until(() -> open.inbox().count() == 1);
            assertThat(eager.readHead()).startsWith("HTTP/1.1 101 ");
            eager.send("second");
            await().during(Duration.ofMillis(100)).until(() -> open.inbox().count() == 1);
            open.inbox().drain();
            await().untilAsserted(() -> assertThat(open.inbox().texts()).containsExactly("first", "second"));
        }
    }

    @Test
    void aClientThatLeavesWhileItWaitsLeavesNothingBehind() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Authenticator slow = handshake -> {
            asked.countDown();
            return waitFor(latch, new AtomicInteger());
        };
        WebSocketServerBuilder options =
                WebSocketServer.builder().maxSessions(1).authenticator(slow);
        try (OpenEndpoint open = OpenEndpoint.of(options)) {
            handshake(open, "", "").cut();
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            latch.countDown();
            open.awaitSessions(0);
            await().untilAsserted(() -> {
                try (RawClient next = handshake(open, "", "")) {
                    assertThat(next.readHead()).startsWith("HTTP/1.1 101 ");
                }
            });
        }
    }

    @Test
    void aRelayThatClosesDoesNotWaitForWhoIsAsked() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(1);
        Authenticator slow = handshake -> {
            asked.countDown();
            return waitFor(new CountDownLatch(1), interrupted);
        };
        OpenEndpoint open = open(slow);
        try (RawClient client = handshake(open, "", "")) {
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            open.close();
            assertThat(client.isAtEnd()).isTrue();
            assertThat(interrupted).hasValue(1);
        }
    }

    @Test
    void authenticatorsThatHeedNoInterruptDoNotHoldUpTheClose() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(8);
        OpenEndpoint open = open(handshake -> {
            asked.countDown();
            while (latch.getCount() > 0) {
                waitFor(latch, new AtomicInteger());
            }
            return Optional.empty();
        });
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(handshake(open, "", ""));
        }
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

        open.close();

        assertThat(askersAreThere()).as("closed before they end").isTrue();
        latch.countDown();
        for (RawClient client : clients) {
            client.cut();
        }
    }

    /** What can be told without asking is told without asking. */
    @Test
    void nobodyIsAskedAboutAHandshakeThatIsNotInOrder() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Authenticator counting = handshake -> {
            calls.incrementAndGet();
            return Optional.of(Identity.of("alice"));
        };
        try (OpenEndpoint open = open(counting)) {
            try (RawClient evil = handshake(open, "", "Origin: http://evil.org\r\n")) {
                assertThat(evil.readAll()).startsWith("HTTP/1.1 403 ");
            }
            try (RawClient lost = RawClient.open(open.port())) {
                lost.write(RawClient.handshakeHead("/nowhere", open.port()) + "\r\n");
                assertThat(lost.readAll()).startsWith("HTTP/1.1 404 ");
            }
            assertThat(calls).hasValue(0);
            assertThat(askersAreThere()).isFalse();
        }
    }

    @Test
    void withoutAnAuthenticatorEverybodyIsNobodyAndNoThreadIsAsked() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            assertThat(open.sessions().get(0).principal()).isEmpty();
            assertThat(open.sessions().get(0).groups()).isEmpty();
            assertThat(askersAreThere()).isFalse();
            open.send(Message.text("hello"));
            await().untilAsserted(() -> assertThat(client.texts()).containsExactly("hello"));
        }
    }

    @Test
    void aTimeoutThatIsNoneIsAMistake() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(21))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WebSocketServer.builder()
                            .authenticationTimeout(wrong)
                            .build())
                    .withMessage("authenticationTimeout: " + wrong + " (expected: > 0, and 20 s at most)");
        }
    }
}
