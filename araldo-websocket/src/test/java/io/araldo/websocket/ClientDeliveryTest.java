package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of messages when the network or the peer fails, and when nobody reads. */
@ExtendWith(ThreadLeakExtension.class)
@Timeout(30)
class ClientDeliveryTest {
    private static final Outcome OVERFLOW = Outcome.dropped(DropReason.OVERFLOW);
    private static final Outcome NOT_WRITABLE = Outcome.dropped(DropReason.NOT_WRITABLE);

    private static WebSocketClientBuilder to(FaultProxy proxy) {
        return WebSocketClientEndpoint.builder("upstream").uri("ws://127.0.0.1:" + proxy.port() + "/chat");
    }

    private static WebSocketClientBuilder to(String uri) {
        return WebSocketClientEndpoint.builder("upstream").uri(uri);
    }

    @Test
    void aMessageIsDeliveredWhenThePongSaysSo() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.to(server.uri());
                RawServer.Accepted accepted = server.next()) {
            CompletableFuture<Outcome> first = client.gather(Message.text("one"));
            CompletableFuture<Outcome> second = client.send("two");
            assertThat(accepted.read()).isEqualTo("1:one");
            assertThat(accepted.read()).isEqualTo("1:two");
            String fence = accepted.read();
            assertThat(fence).startsWith("9:");
            assertThat(first).isNotDone();
            accepted.write(10, new byte[8]);
            accepted.write(10, "something".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            accepted.write(1, new byte[] {'x'});
            await().until(() -> client.inbox().count() == 1);
            assertThat(first).as("pongs that answer no fence").isNotDone();
            accepted.write(10, fence.substring(2).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(second.get()).isEqualTo(Outcome.delivered());
            assertThat(first).isCompletedWithValue(Outcome.delivered());
        }
    }

    @Test
    void whatWasWrittenAndNotConfirmedIsUnknownWhenTheConnectionBreaks() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.to(server.uri())) {
            CompletableFuture<Outcome> written;
            CompletableFuture<Outcome> gathered;
            try (RawServer.Accepted accepted = server.next()) {
                written = client.send("one");
                assertThat(accepted.read()).isEqualTo("1:one");
                assertThat(accepted.read()).startsWith("9:");
                gathered = client.gather(Message.text("two"));
            }
            assertThat(written.get()).isEqualTo(Outcome.unknown());
            assertThat(gathered.get()).isEqualTo(NOT_WRITABLE);
        }
    }

    @Test
    void whatTheWriteWasInterruptedInIsUnknownAndTheRestIsDropped() throws Exception {
        try (OpenEndpoint server = OpenEndpoint.withDefaults();
                FaultProxy proxy = FaultProxy.to(server.port());
                OpenClient client = OpenClient.of(to(proxy))) {
            proxy.inject(Fault.STOP_READING);
            CompletableFuture<Outcome> stuck = client.send("x".repeat(12_000_000));
            CompletableFuture<Outcome> waiting = client.send("behind it");
            proxy.inject(Fault.RESET);
            assertThat(stuck.get()).isEqualTo(Outcome.unknown());
            assertThat(waiting.get()).isEqualTo(NOT_WRITABLE);
            await().until(() -> client.inbox().losses().size() == 1);
        }
    }

    @Test
    void overTheBoundOfMessagesIsOverflow() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.of(to(server.uri()).outboundMessages(3))) {
            try (RawServer.Accepted accepted = server.next()) {
                List<CompletableFuture<Outcome>> sent = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    sent.add(client.send("m" + i));
                }
                assertThat(sent.get(3)).isCompletedWithValue(OVERFLOW);
                assertThat(sent.subList(0, 3)).noneMatch(CompletableFuture::isDone);
                assertThat(accepted.read()).isEqualTo("1:m0");
                accepted.write(10, accepted.read().substring(2).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                assertThat(sent.get(0).get()).isEqualTo(Outcome.delivered());
                assertThat(client.send("m4")).isNotDone();
            }
        }
    }

    @Test
    void overTheBoundOfBytesIsOverflowAndOneLargeMessageIsTaken() throws Exception {
        try (OpenEndpoint server = OpenEndpoint.of(WebSocketServer.builder().maxMessageBytes(20_000_000));
                FaultProxy proxy = FaultProxy.to(server.port());
                OpenClient client = OpenClient.of(to(proxy).outboundBytes(1_000))) {
            proxy.inject(Fault.STOP_READING);
            CompletableFuture<Outcome> large = client.send("x".repeat(12_000_000));
            assertThat(large).isNotDone();
            assertThat(client.send("y")).isCompletedWithValue(OVERFLOW);
            proxy.restore();
            assertThat(large.get()).isEqualTo(Outcome.delivered());
            assertThat(client.send("z").get()).isEqualTo(Outcome.delivered());
        }
    }

    @Test
    void aPeerThatIsGoneWithoutAWordIsLost() throws Exception {
        try (OpenEndpoint server = OpenEndpoint.withDefaults();
                FaultProxy proxy = FaultProxy.to(server.port());
                OpenClient client = OpenClient.of(
                        to(proxy).pingInterval(Duration.ofMillis(200)).pongTimeout(Duration.ofMillis(300)))) {
            assertThat(client.send("hello").get()).isEqualTo(Outcome.delivered());
            proxy.inject(Fault.HALF_OPEN);
            CompletableFuture<Outcome> lastWords = client.send("hello?");
            await().atMost(Duration.ofSeconds(3))
                    .until(() -> client.inbox().losses().size() == 1);
            assertThat(client.inbox().losses().get(0))
                    .hasMessage("endpoint 'upstream' has lost ws://127.0.0.1:" + proxy.port()
                            + "/chat: no answer to a ping within 300 ms");
            assertThat(lastWords).isCompletedWithValue(Outcome.unknown());
        }
    }

    @Test
    void aPeerThatIsSilentButThereIsKept() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.of(
                        to(server.uri()).pingInterval(Duration.ofMillis(100)).pongTimeout(Duration.ofSeconds(5)));
                RawServer.Accepted accepted = server.next()) {
            for (int i = 0; i < 5; i++) {
                assertThat(accepted.read()).isEqualTo("9:");
                accepted.write(10, new byte[0]);
            }
            assertThat(client.inbox().losses()).isEmpty();
        }
    }

    @Test
    void whileThereIsNoRoomTheConnectionIsNotReadAndNothingIsLost() throws Exception {
        RecordingInbox inbox = new RecordingInbox();
        inbox.fill();
        int count = 2_000;
        try (OpenEndpoint server = OpenEndpoint.of(WebSocketServer.builder().outboundMessages(count + 1));
                OpenClient client = OpenClient.of(
                        to(server.uri().toString())
                                .pingInterval(Duration.ofMillis(50))
                                .pongTimeout(Duration.ofMillis(50)),
                        inbox)) {
            server.awaitSessions(1);
            String tenKilobytes = "x".repeat(10_000);
            for (int i = 0; i < count; i++) {
                server.send(tenKilobytes);
            }
            await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(5)).until(() -> inbox.count() <= 8);
            assertThat(inbox.losses()).as("a paused link is not taken for dead").isEmpty();
            inbox.drain();
            await().until(() -> inbox.count() == count);
        }
    }

    @Test
    void whileItIsNotReadWhatWaitsForAPongBecomesUnknown() throws Exception {
        RecordingInbox inbox = new RecordingInbox();
        inbox.fill();
        try (OpenEndpoint server = OpenEndpoint.withDefaults();
                OpenClient client = OpenClient.of(to(server.uri().toString()), inbox)) {
            server.awaitSessions(1);
            server.send("stops the reading");
            await().until(() -> inbox.count() == 1);
            CompletableFuture<Outcome> blind = client.send("heard, but who knows");
            assertThat(blind.get()).isEqualTo(Outcome.unknown());
            assertThat(server.inbox().texts()).containsExactly("heard, but who knows");
            inbox.drain();
            assertThat(client.send("we read again").get()).isEqualTo(Outcome.delivered());
        }
    }

    @Test
    void aLinkThatIsNotReadCanBeClosed() throws Exception {
        RecordingInbox inbox = new RecordingInbox();
        inbox.fill();
        try (OpenEndpoint server = OpenEndpoint.withDefaults()) {
            OpenClient client = OpenClient.of(to(server.uri().toString()), inbox);
            server.awaitSessions(1);
            server.send("stops the reading");
            await().until(() -> inbox.count() == 1);
            client.close();
            server.awaitSessions(0);
        }
    }
}
