package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.RelayEvent.SessionClosed;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is silent is asked, and who does not answer is ended. */
@ExtendWith(ThreadLeakExtension.class)
class KeepaliveTest {
    private static OpenEndpoint open(int intervalMillis, int timeoutMillis) {
        return OpenEndpoint.of(WebSocketServer.builder()
                .pingInterval(Duration.ofMillis(intervalMillis))
                .pongTimeout(Duration.ofMillis(timeoutMillis)));
    }

    @Test
    void aSilentClientIsSentPings() throws Exception {
        try (OpenEndpoint open = open(100, 5_000);
                RawClient client = open.connectRaw()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.read().opcode()).isEqualTo(9);
                client.write(RawClient.frame(0x8a, new byte[0]));
            }
        }
    }

    @Test
    void aClientThatDoesNotAnswerIsEnded() throws Exception {
        try (OpenEndpoint open = open(100, 200);
                RawClient client = open.connectRaw()) {
            assertThat(client.read().opcode()).isEqualTo(9);
            assertThat(client.isAtEnd()).isTrue();
            await().untilAsserted(() -> assertThat(open.context().events(SessionClosed.class))
                    .extracting(SessionClosed::code, SessionClosed::reason)
                    .containsExactly(Tuple.tuple(1006, "no answer to a ping")));
        }
    }

    @Test
    void aClientThatAnswersStays() throws Exception {
        try (OpenEndpoint open = open(100, 2_000);
                Client client = open.connect()) {
            await().during(Duration.ofMillis(2_600)).until(() -> open.server().sessionCount() == 1);
            assertThat(client.closed()).isNotDone();
        }
    }

    @Test
    void whatIsSentToAClientIsNoSignOfItsLife() throws Exception {
        try (OpenEndpoint open = open(100, 200);
                RawClient client = open.connectRaw()) {
            long begun = System.nanoTime();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(3))
                    .until(() -> {
                        open.send("still here?");
                        return open.server().sessionCount() == 0;
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(client.read().text()).isEqualTo("still here?");
        }
    }

    /** A ping would stand behind what the client has to read first. */
    @Test
    void whoIsSlowToReadIsNotEndedSinceNoPongComes() throws Exception {
        WebSocketServerBuilder options = WebSocketServer.builder()
                .pingInterval(Duration.ofMillis(100))
                .pongTimeout(Duration.ofMillis(100))
                .stallTimeout(Duration.ofMillis(1_500));
        try (OpenEndpoint open = OpenEndpoint.of(options);
                RawClient stuck = open.connectRaw(4_096)) {
            open.send("x".repeat(10_000_000));
            await().untilAsserted(() -> assertThat(open.context().events(SessionClosed.class))
                    .extracting(SessionClosed::code, SessionClosed::reason)
                    .containsExactly(Tuple.tuple(1013, "too slow: nothing was read for 1500 ms")));
            stuck.cut();
        }
    }

    @Test
    void aClientThatSendsIsNotAsked() throws Exception {
        try (OpenEndpoint open = open(1_500, 5_000);
                RawClient client = open.connectRaw()) {
            for (int i = 0; i < 20; i++) {
                int sent = i + 1;
                client.send("message");
                await().until(() -> open.inbox().count() == sent);
            }
            open.send("no ping before this");
            assertThat(client.read().text()).isEqualTo("no ping before this");
        }
    }
}
