package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Ledger.SessionCount;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.RelayEvent.MessagesDropped;
import io.araldo.RelayEvent.SessionClosed;
import io.araldo.testing.ThreadLeakExtension;
import java.io.ByteArrayOutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that does not read fast enough is ended or skips messages, and nobody else notices. */
@ExtendWith(ThreadLeakExtension.class)
class SlowSessionTest {
    private static final String TEN_KILOBYTES = "x".repeat(10_000);

    private static WebSocketServerBuilder small() {
        return WebSocketServer.builder().outboundMessages(100).outboundBytes(1 << 20);
    }

    /** Sends, at the pace of a quick session, until a slow one, the first of them, is too far behind. */
    private static void fill(OpenEndpoint open, Session slow) throws Exception {
        try (Client quick = open.connect()) {
            while (slow.writer().isOpen()) {
                open.send(TEN_KILOBYTES).join();
            }
        }
    }

    private static Session only(OpenEndpoint open) {
        return (Session) open.sessions().get(0);
    }

    /** What events have told so far. */
    private static long missed(OpenEndpoint open) {
        return open.context().events(MessagesDropped.class).stream()
                .mapToLong(MessagesDropped::count)
                .sum();
    }

    @Test
    void aSlowSessionIsClosedWith1013AndCut() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small());
                RawClient slow = open.connectRaw(4_096)) {
            fill(open, only(open));
            long begun = System.nanoTime();
            open.awaitSessions(0);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(4));
            SessionClosed closed = open.context().events(SessionClosed.class).stream()
                    .filter(event -> event.code() == 1013)
                    .findFirst()
                    .orElseThrow();
            assertThat(closed.reason()).isEqualTo("too slow: more is waiting than the limit allows");
            slow.cut();
        }
    }

    @Test
    void aSessionThatTakesNothingIsEndedAfterTheStallTimeout() throws Exception {
        Duration limit = Duration.ofMillis(400);
        try (OpenEndpoint open = OpenEndpoint.of(WebSocketServer.builder().stallTimeout(limit));
                RawClient stuck = open.connectRaw(4_096)) {
            Session session = only(open);
            long begun = System.nanoTime();
            CompletableFuture<Outcome> sent = open.send("x".repeat(10_000_000));
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> !session.writer().isOpen());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(limit, limit.plusSeconds(2));
            open.awaitSessions(0);
            assertThat(open.context().events(SessionClosed.class))
                    .extracting(SessionClosed::code, SessionClosed::reason)
                    .containsExactly(tuple(1013, "too slow: nothing was read for 400 ms"));
            assertThat(sent.join()).isEqualTo(Outcome.dropped(DropReason.NOT_WRITABLE));
            session.count().assertConserved();
            stuck.cut();
        }
    }

    /** A full socket says that it takes more when a third of it is free: that lasts longer than the limit here. */
    @Test
    void aSessionThatReadsSlowlyButSteadilyStaysHoweverLongOneWriteTakes() throws Exception {
        Duration limit = Duration.ofMillis(750);
        String large = "x".repeat(8_000_000);
        int total = 10 + large.length() + 2 * "..then".length();
        ByteArrayOutputStream got = new ByteArrayOutputStream(total);
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try (OpenEndpoint open = OpenEndpoint.of(WebSocketServer.builder().stallTimeout(limit));
                RawClient slow = open.connectRaw(1 << 16)) {
            long begun = System.nanoTime();
            CompletableFuture<Duration> took =
                    open.send(large).thenApply(outcome -> Duration.ofNanos(System.nanoTime() - begun));
            open.send("then");
            open.send("last");
            pace.scheduleAtFixedRate(
                    () -> got.writeBytes(slow.readBytes(Math.min(10_000, total - got.size()))),
                    0,
                    10,
                    TimeUnit.MILLISECONDS);
            await().atMost(Duration.ofSeconds(30)).until(() -> got.size() == total);
            assertThat(took.join()).isGreaterThan(limit.multipliedBy(3));
            assertThat(SentFrames.texts(ByteBuffer.wrap(got.toByteArray()))).containsExactly(large, "then", "last");
            assertThat(open.context().events(SessionClosed.class)).isEmpty();
        } finally {
            pace.shutdownNow();
        }
    }

    @Test
    void aSlowSessionMaySkipMessagesInstead() throws Exception {
        int count = 2_000;
        try (OpenEndpoint open = OpenEndpoint.of(small().slowSession(SlowSession.DROP_OLDEST));
                RawClient slow = open.connectRaw(4_096)) {
            Session session = only(open);
            Client quick = open.connect();
            for (int i = 0; i < count; i++) {
                open.send(i + TEN_KILOBYTES).join();
            }
            List<Integer> got = new ArrayList<>();
            while (got.isEmpty() || got.get(got.size() - 1) < count - 1) {
                String text = slow.read().text();
                got.add(Integer.parseInt(text.substring(0, text.indexOf('x'))));
            }
            assertThat(got).isSorted().doesNotHaveDuplicates().hasSizeLessThan(count);
            await().untilAsserted(() -> assertThat(session.count().pending()).isZero());
            SessionCount counted = session.count();
            counted.assertConserved();
            assertThat(counted.written()).isEqualTo(got.size());
            assertThat(counted.skipped()).containsOnlyKeys(DropReason.SLOW_SESSION);
            assertThat(quick.texts()).hasSize(count);
            quick.close();
        }
    }

    @Test
    void whatASessionMissesWhileItHangsInOneWriteIsSeenAtOnce() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small().slowSession(SlowSession.DROP_OLDEST));
                RawClient stuck = open.connectRaw(4_096)) {
            Session session = only(open);
            Client quick = open.connect();
            open.send("x".repeat(10_000_000)).join();
            for (int i = 0; i < 300; i++) {
                open.send("message " + i).join();
            }
            SessionCount count = session.count();
            count.assertConserved();
            assertThat(count.skipped()).containsOnlyKeys(DropReason.SLOW_SESSION);
            assertThat(count.written()).isZero();

            await().untilAsserted(() ->
                    assertThat(missed(open)).isEqualTo(count.skipped().get(DropReason.SLOW_SESSION)));

            assertThat(session.count()).isEqualTo(count);
            assertThat(open.link().health().status()).isEqualTo(Health.Status.DEGRADED);
            quick.close();
            stuck.cut();
        }
    }

    @Test
    void theKernelForgetsASlowSessionToo() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small());
                RawClient slow = open.connectRaw(4_096)) {
            fill(open, only(open));
            open.awaitSessions(0);
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(slow::readAll)
                    .withMessageContaining("reset");
        }
    }

    @Test
    void whatASlowSessionMissedIsCounted() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small());
                RawClient slow = open.connectRaw(4_096)) {
            Session session = only(open);
            fill(open, session);
            await().until(() -> !open.context().events(MessagesDropped.class).isEmpty());
            open.awaitSessions(0);
            session.count().assertConserved();
            long missed = missed(open);
            assertThat(session.count().skipped()).containsEntry(DropReason.SLOW_SESSION, missed);
            assertThat(missed).isGreaterThan(100);
            slow.cut();
        }
    }

    @Test
    void aSlowSessionThatReadsAgainIsToldWhy() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small());
                RawClient slow = open.connectRaw(4_096)) {
            fill(open, only(open));
            RawClient.Received received = slow.read();
            while (received.opcode() == 1) {
                received = slow.read();
            }
            assertThat(received.closeCode()).isEqualTo(1013);
        }
    }

    @Test
    void othersGetEverythingInOrderBesideASlowSession() throws Exception {
        int count = 2_000;
        WebSocketServerBuilder options =
                WebSocketServer.builder().outboundMessages(count).outboundBytes(1 << 20);
        try (OpenEndpoint open = OpenEndpoint.of(options);
                RawClient slow = open.connectRaw(4_096);
                Client quick = open.connect()) {
            for (int i = 0; i < count; i++) {
                open.send(i + TEN_KILOBYTES).join();
            }
            await().until(() -> quick.texts().size() == count);
            for (int i = 0; i < count; i++) {
                assertThat(quick.texts().get(i)).startsWith(i + "x");
            }
            await().untilAsserted(() -> assertThat(open.context().events(SessionClosed.class))
                    .extracting(SessionClosed::code)
                    .containsExactly(1013));
            slow.cut();
        }
    }

    @Test
    void aMessageForASlowSessionIsDropped() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small());
                RawClient slow = open.connectRaw(4_096)) {
            Message message = Message.text(TEN_KILOBYTES)
                    .withAddress(open.sessions().get(0).id());
            CompletableFuture<Outcome> first = open.send(message);
            CompletableFuture<Outcome> last = first;
            while (!last.isDone() || last.join().equals(Outcome.delivered())) {
                last = open.send(message);
            }
            assertThat(last.join()).isEqualTo(Outcome.dropped(DropReason.SLOW_SESSION));
            assertThat(first.join()).isEqualTo(Outcome.delivered());
            assertThat(open.send(message)).isCompletedWithValue(Outcome.dropped(DropReason.NO_SUCH_SESSION));
            slow.cut();
        }
    }

    @Test
    void aMessageWhoseOnlySessionGoesAwayIsDropped() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient stuck = open.connectRaw(4_096)) {
            CompletableFuture<Outcome> stays = open.send("x".repeat(10_000_000));
            assertThat(stays).isNotDone();
            stuck.cut();
            await().atMost(Duration.ofSeconds(5)).until(stays::isDone);
            assertThat(stays.join()).isEqualTo(Outcome.dropped(DropReason.NOT_WRITABLE));
        }
    }
}
