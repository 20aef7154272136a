package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a handshake must be like, request by request. */
class HandshakeRulesTest {
    private final Map<String, List<String>> headers = new HashMap<>();

    private boolean isLocal;

    @BeforeEach
    void good() {
        headers.put("host", List.of("example.org:8080"));
        headers.put("connection", List.of("keep-alive, Upgrade"));
        headers.put("upgrade", List.of("websocket"));
        headers.put("sec-websocket-version", List.of("13"));
        headers.put("sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    private Refusal check(String method, String protocol, String... allowedOrigins) {
        Handshake handshake = new Handshake(method, protocol, "/chat", headers, "127.0.0.1");
        return new HandshakeRules(new OriginRule(Set.of(allowedOrigins), isLocal)).check(handshake);
    }

    private Refusal check() {
        return check("GET", "HTTP/1.1");
    }

    private Refusal checkOrigin(String origin, String... allowedOrigins) {
        headers.put("origin", List.of(origin));
        return check("GET", "HTTP/1.1", allowedOrigins);
    }

    @Test
    void aGoodHandshakeIsNotRefused() {
        assertThat(check()).isNull();
    }

    @Test
    void anotherMethodIsRefused() {
        assertThat(check("POST", "HTTP/1.1"))
                .isEqualTo(new Refusal(400, "not a WebSocket handshake: method: POST (expected: GET)"));
    }

    @Test
    void anOlderProtocolIsRefused() {
        assertThat(check("GET", "HTTP/1.0").text()).contains("protocol: HTTP/1.0 (expected: HTTP/1.1)");
    }

    @Test
    void aBodyIsRefused() {
        headers.put("content-length", List.of("3"));
        assertThat(check().status()).isEqualTo(400);
        headers.put("content-length", List.of("0"));
        assertThat(check()).isNull();
        headers.put("transfer-encoding", List.of("chunked"));
        assertThat(check().text()).contains("body");
    }

    @Test
    void aMissingConnectionTokenIsRefused() {
        headers.put("connection", List.of("keep-alive"));
        assertThat(check().text()).contains("Connection");
    }

    @Test
    void anotherVersionIsRefusedWith426() {
        headers.put("sec-websocket-version", List.of("8"));
        assertThat(check().status()).isEqualTo(426);
        headers.remove("sec-websocket-version");
        assertThat(check().status()).isEqualTo(426);
    }

    @Test
    void aKeyThatIsNotOf16BytesIsRefused() {
        for (String key : List.of("YWJj", "dGhlIHNhbXBsZSBub25jZQ", "!!!!IHNhbXBsZSBub25jZQ==", "")) {
            headers.put("sec-websocket-key", List.of(key));
            assertThat(check()).as(key).isNotNull();
        }
        headers.remove("sec-websocket-key");
        assertThat(check().text()).contains("Sec-WebSocket-Key");
    }

    @Test
    void twoKeysAreRefused() {
        headers.put("sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ=="));
        assertThat(check()).isNotNull();
    }

    @Test
    void aPageOfThisServerMayConnect() {
        assertThat(checkOrigin("http://example.org:8080")).isNull();
        assertThat(checkOrigin("https://EXAMPLE.org:8080")).isNull();
    }

    @Test
    void theDefaultPortMayBeLeftOut() {
        headers.put("host", List.of("example.org"));
        assertThat(checkOrigin("http://example.org:80")).isNull();
        assertThat(checkOrigin("https://example.org:443")).isNull();
        headers.put("host", List.of("example.org:443"));
        assertThat(checkOrigin("https://example.org")).isNull();
        assertThat(checkOrigin("http://example.org").status()).isEqualTo(403);
    }

    @Test
    void aPageOfAnotherServerIsRefusedWith403() {
        for (String origin : List.of(
                "http://evil.org",
                "http://example.org:8081",
                "http://example.org:8080.evil.org",
                "http://evil.org/example.org:8080",
                "ftp://example.org:8080",
                "null",
                "")) {
            assertThat(checkOrigin(origin)).as(origin).isNotNull();
            assertThat(checkOrigin(origin).status()).as(origin).isEqualTo(403);
        }
    }

    @Test
    void aServerOfThisMachineIsNotReachedUnderAStrangersName() {
        isLocal = true;
        assertThat(checkOrigin("http://example.org:8080").status()).isEqualTo(403);
        assertThat(checkOrigin("http://example.org:8080", "http://example.org:8080"))
                .isNull();
        for (String host :
                List.of("localhost:8080", "127.0.0.1:8080", "[::1]:8080", "app.LOCALHOST:8080", "localhost")) {
            headers.put("host", List.of(host));
            assertThat(checkOrigin("http://" + host)).as(host).isNull();
        }
        for (String host : List.of("localhost.evil.org:8080", "127.0.0.1.evil.org", "evil-localhost", "128.0.0.1")) {
            headers.put("host", List.of(host));
            assertThat(checkOrigin("http://" + host)).as(host).isNotNull();
        }
    }

    @Test
    void whichServersAreOfThisMachine() {
        for (String host : List.of("127.0.0.1", "127.1.2.3", "localhost", "[::1]")) {
            assertThat(OriginRule.isLocal(host)).as(host).isTrue();
        }
        for (String host : List.of("0.0.0.0", "::", "10.0.0.1", "example.org")) {
            assertThat(OriginRule.isLocal(host)).as(host).isFalse();
        }
    }

    @Test
    void twoOriginsAreRefused() {
        headers.put("origin", List.of("http://example.org:8080", "http://example.org:8080"));
        assertThat(check().status()).isEqualTo(403);
        assertThat(checkOrigin("http://example.org:8080, http://evil.org").status())
                .isEqualTo(403);
    }

    @Test
    void anAllowListIsComparedExactlyAndReplacesTheOwnOrigin() {
        assertThat(checkOrigin("https://chat.org", "https://chat.org", "https://b.org"))
                .isNull();
        assertThat(checkOrigin("https://chat.org.evil.org", "https://chat.org").status())
                .isEqualTo(403);
        assertThat(checkOrigin("http://chat.org", "https://chat.org").status()).isEqualTo(403);
        assertThat(checkOrigin("http://example.org:8080", "https://chat.org").status())
                .isEqualTo(403);
    }

    @Test
    void aClientWithoutAnOriginIsLetIn() {
        assertThat(check("GET", "HTTP/1.1", "https://chat.org")).isNull();
    }
}
