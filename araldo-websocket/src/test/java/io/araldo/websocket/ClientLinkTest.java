package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Message;
import io.araldo.Origin;
import io.araldo.Outcome;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client's connection to our own server, and how it ends. */
@ExtendWith(ThreadLeakExtension.class)
class ClientLinkTest {
    private static WebSocketClientBuilder to(String uri) {
        return WebSocketClientEndpoint.builder("upstream").uri(uri);
    }

    private static void assertLost(OpenClient client, String uri, String why) {
        await().until(() -> !client.inbox().losses().isEmpty());
        assertThat(client.inbox().losses())
                .extracting(Throwable::getMessage)
                .containsExactly("endpoint 'upstream' has lost " + uri + ": " + why);
        assertThat(client.link().health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(client.link().health().why()).isEqualTo(why);
        assertThat(client.send("late")).isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    @Test
    void textsAndBinariesArriveBothWays() {
        try (OpenEndpoint server = OpenEndpoint.withDefaults();
                OpenClient client = OpenClient.to(server.uri().toString())) {
            server.awaitSessions(1);
            assertThat(client.send("grüße").join()).isEqualTo(Outcome.delivered());
            assertThat(client.send(Message.binary(new byte[] {0, -1, 7})).join())
                    .isEqualTo(Outcome.delivered());
            assertThat(server.inbox().messages()).hasSize(2);
            assertThat(server.inbox().messages().get(0).payload().text()).isEqualTo("grüße");
            assertThat(server.inbox().messages().get(1).payload().bytes()).containsExactly(0, -1, 7);
            server.send("to you");
            server.send(Message.binary(new byte[] {1, 2}));
            await().until(() -> client.inbox().count() == 2);
            assertThat(client.inbox().messages().get(0).payload().text()).isEqualTo("to you");
            assertThat(client.inbox().messages().get(1).payload().bytes()).containsExactly(1, 2);
            assertThat(client.inbox().messages().get(0).origin()).isEqualTo(new Origin("test", "upstream", null, null));
            assertThat(client.link().address()).isEqualTo(server.uri());
            assertThat(client.link().health().status()).isEqualTo(Health.Status.UP);
        }
    }

    @Test
    void messagesOfAllSizesKeepTheirOrder() {
        int count = 300;
        try (OpenEndpoint server = OpenEndpoint.withDefaults();
                OpenClient client = OpenClient.to(server.uri().toString())) {
            CompletableFuture<Outcome> last = CompletableFuture.completedFuture(null);
            for (int i = 0; i < count; i++) {
                last = client.gather(Message.text(i + "-" + "x".repeat(i * i % 70_000)));
                if (i % 7 == 0) {
                    client.link().flush();
                }
            }
            client.link().flush();
            assertThat(last.join()).isEqualTo(Outcome.delivered());
            assertThat(server.inbox().count()).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                assertThat(server.inbox().texts().get(i)).isEqualTo(i + "-" + "x".repeat(i * i % 70_000));
            }
        }
    }

    @Test
    void closingTellsTheServerAndConfirmsWhatWasGathered() {
        try (OpenEndpoint server = OpenEndpoint.withDefaults()) {
            OpenClient client = OpenClient.to(server.uri().toString());
            server.awaitSessions(1);
            CompletableFuture<Outcome> gathered = client.gather(Message.text("last words"));
            client.close();
            assertThat(gathered).isCompletedWithValue(Outcome.delivered());
            server.awaitSessions(0);
            assertThat(server.inbox().texts()).containsExactly("last words");
            assertThat(server.context().events(io.araldo.RelayEvent.SessionClosed.class))
                    .extracting(io.araldo.RelayEvent.SessionClosed::code)
                    .containsExactly(1001);
            assertThat(client.inbox().losses()).isEmpty();
            assertThat(client.send("late")).isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
            assertThat(client.link().close().toCompletableFuture()).isDone();
        }
    }

    @Test
    void aServerThatGoesAwayIsLostOnce() {
        OpenEndpoint server = OpenEndpoint.withDefaults();
        String uri = server.uri().toString();
        try (OpenClient client = OpenClient.to(uri)) {
            server.awaitSessions(1);
            server.close();
            assertLost(client, uri, "the server closed it with 1001 (going away)");
        }
    }

    @Test
    void aServerThatDoesNotAnswerACloseIsLeftAfterOneSecond() throws Exception {
        try (RawServer server = RawServer.upgrading()) {
            OpenClient client = OpenClient.to(server.uri());
            try (RawServer.Accepted accepted = server.next()) {
                long begun = System.nanoTime();
                client.close();
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
                assertThat(accepted.read()).isEqualTo("8:\u0003\u00e9going away");
                assertThat(accepted.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void aConnectionThatBreaksIsLost() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.to(server.uri())) {
            server.next().close();
            assertLost(client, server.uri(), "the connection broke, without a Close frame");
        }
    }

    @Test
    void aMessageOverTheLimitEndsTheConnectionWith1009() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.of(to(server.uri()).maxMessageBytes(100));
                RawServer.Accepted accepted = server.next()) {
            accepted.write(2, new byte[100]);
            accepted.write(2, new byte[101]);
            assertThat(accepted.read()).startsWith("8:\u0003\u00f1message of more than 100 bytes");
            assertLost(client, server.uri(), "closed with 1009 (message of more than 100 bytes)");
            assertThat(client.inbox().count()).isEqualTo(1);
        }
    }

    @Test
    void aFrameWithAMaskEndsTheConnectionWith1002() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.to(server.uri());
                RawServer.Accepted accepted = server.next()) {
            accepted.write(RawClient.frame(0x81, new byte[] {'x'}));
            assertLost(client, server.uri(), "closed with 1002 (frame with a mask)");
            assertThat(client.inbox().count()).isZero();
        }
    }

    @Test
    void textThatIsNotUtf8EndsTheConnectionWith1007() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.to(server.uri());
                RawServer.Accepted accepted = server.next()) {
            accepted.write(1, new byte[] {(byte) 0xff});
            assertThat(accepted.read()).startsWith("8:\u0003\u00ef");
            await().until(() -> client.inbox().losses().size() == 1);
            assertThat(client.inbox().losses().get(0)).hasMessageContaining("1007");
        }
    }

    @Test
    void pingsAreAnsweredMaskedAndFragmentsAreJoined() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.to(server.uri());
                RawServer.Accepted accepted = server.next()) {
            accepted.write(9, "are you there".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(accepted.read()).isEqualTo("10:are you there");
            accepted.write(new byte[] {0x01, 1, 'a', (byte) 0x80, 1, 'b'});
            await().until(() -> client.inbox().count() == 1);
            assertThat(client.inbox().texts()).containsExactly("ab");
        }
    }

    @Test
    void aMessageThatComesWithTheAnswerIsNotLost() throws Exception {
        try (RawServer server = RawServer.answering(request -> RawServer.agreed(request, "") + "\u0081\u0002hi");
                OpenClient client = OpenClient.to(server.uri())) {
            await().until(() -> client.inbox().count() == 1);
            assertThat(client.inbox().texts()).containsExactly("hi");
        }
    }
}
