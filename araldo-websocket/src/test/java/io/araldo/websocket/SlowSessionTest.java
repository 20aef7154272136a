package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.RelayEvent.MessagesDropped;
import io.araldo.RelayEvent.SessionClosed;
import io.araldo.testing.ThreadLeakExtension;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that does not read fast enough is ended, and nobody else notices. */
@ExtendWith(ThreadLeakExtension.class)
class SlowSessionTest {
    private static final String TEN_KILOBYTES = "x".repeat(10_000);

    private static WebSocketServerBuilder small() {
        return WebSocketServer.builder().outboundMessages(100).outboundBytes(1 << 20);
    }

    /** Sends until the one session is full. */
    private static void fill(OpenEndpoint open) {
        Session session = (Session) open.sessions().get(0);
        while (session.writer().isOpen()) {
            open.send(TEN_KILOBYTES);
        }
    }

    @Test
    void aSlowSessionIsClosedWith1013AndCut() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small());
                RawClient slow = open.connectRaw(4_096)) {
            fill(open);
            long begun = System.nanoTime();
            open.awaitSessions(0);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(4));
            assertThat(open.context().events(SessionClosed.class).get(0).code()).isEqualTo(1013);
            assertThat(open.context().events(SessionClosed.class).get(0).reason())
                    .startsWith("too slow");
            slow.cut();
        }
    }

    @Test
    void theKernelForgetsASlowSessionToo() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small());
                RawClient slow = open.connectRaw(4_096)) {
            fill(open);
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
            fill(open);
            await().until(() -> !open.context().events(MessagesDropped.class).isEmpty());
            MessagesDropped dropped =
                    open.context().events(MessagesDropped.class).get(0);
            assertThat(dropped.route()).isEqualTo("browsers");
            assertThat(dropped.reason()).isEqualTo(DropReason.SLOW_SESSION);
            assertThat(dropped.count()).isBetween(1L, 102L);
            slow.cut();
        }
    }

    @Test
    void aSlowSessionThatReadsAgainIsToldWhy() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.of(small());
                RawClient slow = open.connectRaw(4_096)) {
            fill(open);
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
