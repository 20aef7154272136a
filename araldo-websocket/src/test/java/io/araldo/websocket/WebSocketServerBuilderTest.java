package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options: their defaults, and that mistakes are told all together. */
class WebSocketServerBuilderTest {
    private static final Marshaller OTHER = new Marshaller() {
        @Override
        public Payload encode(Message message) {
            return Payload.empty();
        }

        @Override
        public Message decode(Message wire) {
            return wire;
        }
    };

    @Test
    void theDefaultsAreSafe() {
        ServerOptions defaults = WebSocketServer.builder().build().options();
        assertThat(defaults)
                .isEqualTo(new ServerOptions(
                        "127.0.0.1",
                        0,
                        List.of(),
                        java.util.Set.of(),
                        1 << 20,
                        10_000,
                        1_000,
                        4_096,
                        16 << 20,
                        Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8),
                        SlowSession.DISCONNECT,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        null,
                        null,
                        Duration.ofSeconds(5)));
    }

    @Test
    void whatMayWaitForAllIsAtMostAnEighthOfTheHeap() {
        assertThat(WebSocketServerBuilder.shareOf(64 << 20)).isEqualTo(8 << 20);
        assertThat(WebSocketServerBuilder.shareOf(4L << 30)).isEqualTo(256 << 20);
        assertThat(WebSocketServerBuilder.shareOf(Long.MAX_VALUE)).isEqualTo(256 << 20);
    }

    @Test
    void aMistakeSaysWhatWasFoundAndWhatIsExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebSocketServer.builder().maxMessageBytes(0).build())
                .withMessage("maxMessageBytes: 0 (expected: > 0)");
    }

    @Test
    void allMistakesAreReportedTogether() {
        WebSocketServerBuilder wrong = WebSocketServer.builder()
                .host(" ")
                .port(70_000)
                .maxMessageBytes(-1)
                .maxSessions(0)
                .maxSessionsPerAddress(0)
                .outboundMessages(0)
                .outboundBytes(0)
                .pingInterval(Duration.ZERO)
                .pongTimeout(Duration.ofSeconds(-1))
                .files("static", Path.of("/no/such/folder"))
                .allowedOrigins("https://chat.example.org/", "chat.example.org");
        assertThatIllegalArgumentException()
                .isThrownBy(wrong::build)
                .withMessage("host: ' ' (expected: an address or name of this machine)"
                        + "; port: 70000 (expected: 0 to 65535; 0 is any free one)"
                        + "; maxMessageBytes: -1 (expected: > 0)"
                        + "; maxSessions: 0 (expected: > 0)"
                        + "; maxSessionsPerAddress: 0 (expected: > 0)"
                        + "; outboundMessages: 0 (expected: > 0)"
                        + "; outboundBytes: 0 (expected: > 0)"
                        + "; pingInterval: PT0S (expected: > 0)"
                        + "; pongTimeout: PT-1S (expected: > 0)"
                        + "; url path of files: 'static' (expected: such as / or /static)"
                        + "; folder of files: /no/such/folder (expected: a folder that exists)"
                        + "; allowedOrigins: 'https://chat.example.org/' (expected: such as https://chat.example.org)"
                        + "; allowedOrigins: 'chat.example.org' (expected: such as https://chat.example.org)");
    }

    @Test
    void anEndpointNeedsANameAndAPath() {
        WebSocketServer server = WebSocketServer.builder().build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.endpoint("", "chat"))
                .withMessageStartingWith("endpoint name: '' (expected: ")
                .withMessageContaining("; path: 'chat' (expected: such as /chat");
        for (String path : List.of("", "/chat/", "//", "/a//b", "/{a}/{b}", "/a b", "/a%20b", "/a?b")) {
            assertThatIllegalArgumentException().as(path).isThrownBy(() -> server.endpoint("browsers", path));
        }
        assertThat(server.endpoint("browsers", "/").path()).isEqualTo("/");
        assertThat(server.endpoint("browsers", "/a/b-c.d_e~f").path()).isEqualTo("/a/b-c.d_e~f");
    }

    @Test
    void anEndpointIsAValueWithCopies() {
        WebSocketServerEndpoint endpoint = WebSocketServer.builder().build().endpoint("browsers", "/chat");
        assertThat(endpoint.marshaller()).isSameAs(Marshaller.raw());
        assertThat(endpoint.withMarshaller(OTHER).withEcho().marshaller()).isSameAs(OTHER);
        assertThat(endpoint.withEcho().echoes()).isTrue();
        assertThat(endpoint.echoes()).isFalse();
        assertThat(endpoint.canWait()).isTrue();
        assertThat(endpoint).hasToString("WebSocketServerEndpoint[browsers, /chat]");
    }
}
