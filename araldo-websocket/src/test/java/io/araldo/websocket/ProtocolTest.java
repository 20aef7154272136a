package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.RelayEvent.SessionClosed;
import io.araldo.testing.ThreadLeakExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** RFC 6455 as the server keeps it, towards clients that do not. No test may leave a warning in Tyrus's log. */
@ExtendWith(ThreadLeakExtension.class)
class ProtocolTest {
    private static final Logger GLASSFISH = Logger.getLogger("org.glassfish");

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.INFO.intValue()) {
                warnings.add(logged.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void record() {
        GLASSFISH.addHandler(recorder);
    }

    @AfterEach
    void nothingWasLogged() {
        GLASSFISH.removeHandler(recorder);
        assertThat(warnings).isEmpty();
    }

    private static void assertClosesWith(int code, byte[]... frames) throws Exception {
        assertClosesMidway(code, new byte[0], frames);
    }

    /** Sends the rest of the last frame when the server has closed. */
    private static void assertClosesMidway(int code, byte[] rest, byte[]... frames) throws Exception {
        WebSocketServerBuilder small = WebSocketServer.builder().maxMessageBytes(1_000);
        try (OpenEndpoint open = OpenEndpoint.of(small);
                RawClient client = open.connectRaw()) {
            client.send("good");
            for (byte[] frame : frames) {
                client.write(frame);
            }
            RawClient.Received close = client.read();
            assertThat(close.opcode()).isEqualTo(8);
            assertThat(close.closeCode()).isEqualTo(code);
            client.write(rest);
            client.write(RawClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
            assertThat(client.endsInOrder()).isTrue();
            assertThat(open.inbox().texts()).containsExactly("good");
            await().untilAsserted(() -> assertThat(open.context().events(SessionClosed.class))
                    .extracting(SessionClosed::code)
                    .containsExactly(code));
        }
    }

    @Test
    void aFrameWithoutAMaskClosesWith1002() throws Exception {
        assertClosesWith(1002, new byte[] {(byte) 0x81, 1, 'x'});
    }

    @Test
    void aMessageOverTheLimitClosesWith1009BeforeItsPayloadComes() throws Exception {
        assertClosesMidway(1009, new byte[1_001], RawClient.header(0x82, 1_001));
    }

    @Test
    void aMessageInFragmentsOverTheLimitClosesWith1009() throws Exception {
        assertClosesMidway(
                1009,
                new byte[1],
                RawClient.frame(0x02, new byte[600]),
                RawClient.frame(0x00, new byte[400]),
                RawClient.header(0x80, 1));
    }

    @Test
    void aHugeMessageClosesWith1009WhileItIsBeingSent() throws Exception {
        assertClosesWith(1009, RawClient.frame(0x82, new byte[100_000]));
    }

    @Test
    void textThatIsNotUtf8ClosesWith1007() throws Exception {
        assertClosesWith(1007, RawClient.frame(0x81, new byte[] {(byte) 0xff}));
    }

    @Test
    void aContinuationOfNothingClosesWith1002() throws Exception {
        assertClosesWith(1002, RawClient.frame(0x80, new byte[1]));
    }

    @Test
    void reservedBitsCloseWith1002() throws Exception {
        assertClosesWith(1002, RawClient.frame(0xc1, new byte[1]));
    }

    @Test
    void anUnknownOpcodeClosesWith1002() throws Exception {
        assertClosesWith(1002, RawClient.frame(0x83, new byte[1]));
    }

    @Test
    void aPingThatIsTooLongClosesWith1002() throws Exception {
        assertClosesWith(1002, RawClient.frame(0x89, new byte[126]));
    }

    @Test
    void aPingIsAnsweredWithItsPayload() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            for (int i = 0; i < 10; i++) {
                client.write(RawClient.frame(0x89, ("are you there " + i).getBytes(StandardCharsets.US_ASCII)));
            }
            for (int i = 0; i < 10; i++) {
                RawClient.Received pong = client.read();
                assertThat(pong.opcode()).isEqualTo(10);
                assertThat(pong.text()).isEqualTo("are you there " + i);
            }
        }
    }

    @Test
    void aCloseFrameIsAnsweredAndTheServerClosesTheConnection() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            client.write(RawClient.frame(0x88, new byte[] {(byte) (4000 >> 8), (byte) 4000}));
            RawClient.Received answer = client.read();
            assertThat(answer.opcode()).isEqualTo(8);
            assertThat(answer.closeCode()).isEqualTo(4000);
            assertThat(client.endsInOrder()).isTrue();
        }
    }

    @Test
    void theServerClosesTheConnectionWhenItsCloseFrameIsAnswered() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.sessions().get(0).close(1000, "");
            assertThat(client.read().closeCode()).isEqualTo(1000);
            client.write(RawClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
            assertThat(client.endsInOrder()).isTrue();
        }
    }

    @Test
    void aClientThatDoesNotAnswerACloseFrameIsCutAfterASecond() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.sessions().get(0).close(1000, "");
            assertThat(client.read().closeCode()).isEqualTo(1000);
            long begun = System.nanoTime();
            assertThat(client.isAtEnd()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(4));
        }
    }

    @Test
    void messagesAfterTheServersCloseFrameAreIgnored() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.sessions().get(0).close(1000, "");
            assertThat(client.read().opcode()).isEqualTo(8);
            client.send("too late");
            client.write(RawClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
            assertThat(client.isAtEnd()).isTrue();
            assertThat(open.inbox().count()).isZero();
        }
    }

    /**
     * The client's receive buffer is left as it is: one that is small and full drops the server's acknowledgements too, and
     * then TCP itself holds the flood back for a minute.
     */
    @Test
    void aFloodOfPingsFromAClientThatDoesNotReadIsCut() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient flooding = open.connectRaw();
                RawClient other = open.connectRaw()) {
            byte[] ping = RawClient.frame(0x89, new byte[125]);
            boolean cut = false;
            for (int i = 0; i < 1_000_000 && !cut; i++) {
                cut = !writes(flooding, ping);
            }
            assertThat(cut).isTrue();
            await().until(() -> open.server().sessionCount() == 1);
            other.write(RawClient.frame(0x89, new byte[0]));
            assertThat(other.read().opcode()).isEqualTo(10);
        }
    }

    private static boolean writes(RawClient client, byte[] bytes) {
        try {
            client.write(bytes);
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
