package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.testing.ThreadLeakExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages of the largest size, many in a row and both ways: a thread that has written large ones reads as much. */
@ExtendWith(ThreadLeakExtension.class)
class LargestMessagesTest {
    private static final int COUNT = 30;
    private static final byte[] LARGEST = new byte[1 << 20];

    @Test
    void aServerThatHasSentLargeMessagesTakesLargeMessages() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw(4_096)) {
            byte[] frame = RawClient.frame(0x82, LARGEST);
            for (int round = 1; round <= 3; round++) {
                List<CompletableFuture<Outcome>> sent = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    sent.add(open.send(Message.binary(LARGEST)));
                }
                for (int i = 0; i < 8; i++) {
                    assertThat(client.read().opcode()).isEqualTo(2);
                }
                assertThat(sent).extracting(CompletableFuture::join).containsOnly(Outcome.delivered());
                for (int i = 0; i < COUNT; i++) {
                    client.write(frame);
                }
                int expected = round * COUNT;
                await().until(() -> open.inbox().count() == expected);
            }
        }
    }

    @Test
    void aClientThatHasSentLargeMessagesTakesLargeMessages() {
        try (OpenEndpoint server = OpenEndpoint.withDefaults();
                OpenClient client = OpenClient.to(server.uri().toString())) {
            server.awaitSessions(1);
            for (int round = 1; round <= 3; round++) {
                List<CompletableFuture<Outcome>> sent = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    sent.add(client.send(Message.binary(LARGEST)));
                }
                assertThat(sent).extracting(CompletableFuture::join).containsOnly(Outcome.delivered());
                for (int i = 0; i < COUNT; i++) {
                    server.send(Message.binary(LARGEST)).join();
                }
                int expected = round * COUNT;
                await().until(() -> client.inbox().count() == expected);
                assertThat(client.inbox().losses()).isEmpty();
            }
        }
    }
}
