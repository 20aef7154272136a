package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Handshakes over real sockets: who is let in, and what the others are told. */
@ExtendWith(ThreadLeakExtension.class)
class HandshakeTest {
    private static String refused(OpenEndpoint open, String request) throws Exception {
        try (RawClient client = RawClient.open(open.port())) {
            client.write(request);
            String answer = client.readAll();
            assertThat(answer).doesNotContain("101 Switching");
            assertThat(open.server().sessionCount()).isZero();
            return answer;
        }
    }

    private static String head(OpenEndpoint open) {
        return RawClient.handshakeHead("/chat", open.port());
    }

    @Test
    void anUnknownPathIsAnsweredWith404() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            assertThat(refused(open, RawClient.handshakeHead("/chat/", open.port()) + "\r\n"))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("no WebSocket endpoint at this path");
        }
    }

    @Test
    void anotherOriginIsAnsweredWith403() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            assertThat(refused(open, head(open) + "Origin: http://evil.org\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("Connection: close")
                    .endsWith("Origin: http://evil.org may not connect"
                            + " (expected: the origin of this server; see allowedOrigins)\n");
        }
    }

    @Test
    void twoOriginHeadersAreAnsweredWith403() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            String own = "Origin: http://127.0.0.1:" + open.port() + "\r\n";
            assertThat(refused(open, head(open) + own + own + "\r\n")).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void theOwnOriginIsLetIn() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = RawClient.open(open.port())) {
            client.write(head(open) + "Origin: http://127.0.0.1:" + open.port() + "\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void anAllowedOriginIsLetIn() throws Exception {
        WebSocketServerBuilder options = WebSocketServer.builder().allowedOrigins("https://chat.example.org");
        try (OpenEndpoint open = OpenEndpoint.of(options);
                RawClient client = RawClient.open(open.port())) {
            client.write(head(open) + "Origin: https://chat.example.org\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void oddRequestsAreAnsweredWith400() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            String good = head(open);
            for (String odd : List.of(
                    good.replace("GET", "POST"),
                    good.replace("HTTP/1.1", "HTTP/1.0"),
                    good.replace("dGhlIHNhbXBsZSBub25jZQ==", "YWJj"),
                    good + "Content-Length: 3\r\n",
                    good.replace("Connection: Upgrade", "Connection: close"))) {
                assertThat(refused(open, odd + "\r\n")).as(odd).startsWith("HTTP/1.1 400 ");
            }
        }
    }

    @Test
    void anotherVersionIsAnsweredWith426AndTheVersionThatIsSpoken() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            assertThat(refused(open, head(open).replace("Version: 13", "Version: 8") + "\r\n"))
                    .startsWith("HTTP/1.1 426 ")
                    .contains("Sec-WebSocket-Version: 13");
        }
    }

    @Test
    void anEndpointTellsAPlainRequestWhatItIs() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            assertThat(refused(open, "GET /chat HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 426 ")
                    .contains("Upgrade: websocket")
                    .contains("this is a WebSocket endpoint");
        }
    }

    @Test
    void extensionsAndSubprotocolsAreNotAgreedTo() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = RawClient.open(open.port())) {
            client.write(head(open) + "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol: chat\r\n"
                    + "X-Tyrus-Tracing-Threshold: nonsense\r\n\r\n");
            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContain("Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol", "Tyrus");
        }
    }

    @Test
    void aQueryOfAnyKindDoesNotMatter() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = RawClient.open(open.port())) {
            client.handshake("/chat?name=<b>&%zz=\u00e4{}|");
            client.send("hello");
            await().untilAsserted(() -> assertThat(open.inbox().texts()).containsExactly("hello"));
        }
    }

    @Test
    void sessionsBeyondTheLimitAreAnsweredWith503() throws Exception {
        WebSocketServerBuilder options = WebSocketServer.builder().maxSessions(2);
        try (OpenEndpoint open = OpenEndpoint.of(options);
                Client one = open.connect();
                RawClient late = RawClient.open(open.port())) {
            try (Client two = open.connect()) {
                late.write(head(open) + "\r\n");
                assertThat(late.readAll()).startsWith("HTTP/1.1 503 ").contains("(maxSessions)");
                two.cut();
            }
            await().until(() -> open.server().sessionCount() == 1);
            try (Client three = open.connect()) {
                assertThat(List.of(one, three))
                        .noneMatch(client -> client.closed().isDone());
            }
        }
    }

    @Test
    void sessionsOfOneAddressBeyondTheLimitAreAnsweredWith503() throws Exception {
        WebSocketServerBuilder options = WebSocketServer.builder().maxSessionsPerAddress(1);
        try (OpenEndpoint open = OpenEndpoint.of(options);
                Client one = open.connect();
                RawClient late = RawClient.open(open.port())) {
            late.write(head(open) + "\r\n");
            assertThat(late.readAll()).startsWith("HTTP/1.1 503 ").contains("(maxSessionsPerAddress)");
            assertThat(one.closed()).isNotDone();
        }
    }

    @Test
    void placesOfSessionsThatAreGoneAreFreeAgain() throws Exception {
        WebSocketServerBuilder options = WebSocketServer.builder().maxSessions(1);
        try (OpenEndpoint open = OpenEndpoint.of(options)) {
            for (int i = 0; i < 200; i++) {
                try (Client client = open.connect()) {
                    client.cut();
                }
                open.awaitSessions(0);
            }
        }
    }

    @Test
    void halfSentHandshakesAreCutAfterFiveSeconds() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient silent = RawClient.open(open.port());
                RawClient half = RawClient.open(open.port());
                RawClient dripping = RawClient.open(open.port());
                RawClient complete = open.connectRaw()) {
            half.write(head(open));
            dripping.write("GET /chat HTTP/1.1\r\nX-Drip: ");
            long begun = System.nanoTime();
            await().pollInterval(Duration.ofMillis(200)).until(() -> isCut(dripping));
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
            assertThat(half.isAtEnd()).isTrue();
            assertThat(silent.isAtEnd()).isTrue();
            complete.write(RawClient.frame(0x89, new byte[0]));
            assertThat(complete.read().opcode()).isEqualTo(10);
        }
    }

    private static boolean isCut(RawClient dripping) {
        try {
            dripping.write("x");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aHeadThatIsTooLongIsRefused() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            assertThat(refused(open, head(open) + "X-Long: " + "x".repeat(9_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aStandardClientWithHeadersOfItsOwnIsLetIn() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = Client.connect(
                        HttpClient.newHttpClient(), open.uri(), List.of("Authorization", "Basic eHk="))) {
            client.send("hello");
            await().untilAsserted(() -> assertThat(open.inbox().texts()).containsExactly("hello"));
        }
    }
}
