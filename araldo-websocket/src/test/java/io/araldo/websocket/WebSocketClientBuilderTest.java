package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.araldo.Marshaller;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options say before anything is connected. */
class WebSocketClientBuilderTest {
    private static WebSocketClientBuilder builder() {
        return WebSocketClientEndpoint.builder("upstream").uri("ws://host/feed");
    }

    @Test
    void allMistakesAreReportedTogether() {
        assertThatThrownBy(() -> WebSocketClientEndpoint.builder("no good")
                        .uri("http://host/")
                        .header("Upgrade", "h2c")
                        .header("X-Two", "one\r\ntwo")
                        .subprotocol("a b")
                        .proxy("socks://host:1080")
                        .maxMessageBytes(0)
                        .outboundMessages(-1)
                        .outboundBytes(0)
                        .pingInterval(Duration.ZERO)
                        .pongTimeout(Duration.ofSeconds(-1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint name: 'no good' (expected: 1 to 64 letters, digits, '.', '_' or '-', the first a"
                        + " letter or a digit); scheme of uri: 'http' (expected: ws or wss); header: 'Upgrade'"
                        + " (expected: none of those that make the handshake); value of header X-Two: '…' (expected:"
                        + " one line of Latin-1 characters); subprotocol: 'a b' (expected: a name such as v1.chat);"
                        + " scheme of proxy: 'socks' (expected: http); maxMessageBytes: 0 (expected: > 0);"
                        + " outboundMessages: -1 (expected: > 0); outboundBytes: 0 (expected: > 0); pingInterval: PT0S"
                        + " (expected: > 0); pongTimeout: PT-1S (expected: > 0)");
    }

    @Test
    void aUriIsNeeded() {
        assertThatThrownBy(() -> WebSocketClientEndpoint.builder("upstream").build())
                .hasMessage("uri: null (expected: such as ws://host:port/path or wss://host/path)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://user:secret@ho st/feed?token=secret",
                "ws://user:sec/ret@host:port/?token=secret",
                "ws://user:secret@/feed?token=secret",
                "ws://user:secret/feed",
                "ws://user:sec@ret@my_host/feed?secret",
                "ws://user:secret@my_host:port/feed",
                "ws://user:secret@my_host:65536/feed",
                "wss://user:secret@my_host/feed",
                "ws://user:secret@host:99999/feed?token=secret#secret"
            })
    void aMalformedUriIsNotShown(String uri) {
        assertThatThrownBy(() -> builder().uri(uri).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("user")
                .hasMessageContaining("expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws:///feed", "ws:feed", "ws://host:port/", "ws://my_host:port/", "ws://a@b@my_host/"})
    void aHostIsNeeded(String uri) {
        assertThatThrownBy(() -> builder().uri(uri).build())
                .hasMessage(
                        "host of uri: is missing, or its port is no number (expected: such as ws://host:port/path or"
                                + " wss://host/path)");
    }

    @ParameterizedTest
    @CsvSource({"ws://host:0, 0", "ws://my_host:0, 0", "ws://my_host:65536, 65536"})
    void aPortIsBetween1And65535(String uri, String port) {
        assertThatThrownBy(() -> builder().uri(uri).build())
                .hasMessage("port of uri: " + port + " (expected: 1 to 65535)");
    }

    @Test
    void hostsMayHaveNamesThatAreNotOfTheDns() {
        ClientOptions options = builder()
                .uri("ws://me:pa%20s+s@my_host:54321/hub?a")
                .proxy("http://you:hidd%65n@my_proxy:3128")
                .build()
                .options();

        assertThat(options.host()).isEqualTo("my_host");
        assertThat(options.port()).isEqualTo(54_321);
        assertThat(options.authority()).isEqualTo("my_host:54321");
        assertThat(options.target()).isEqualTo("/hub?a");
        assertThat(options.headers()).containsExactly(entry("Authorization", ProxyAddress.basic("me:pa s+s")));
        assertThat(options.proxy()).isEqualTo(new ProxyAddress("my_proxy", 3_128, "you:hidden"));
        assertThat(builder().uri("ws://my_host").build().options().port()).isEqualTo(80);
    }

    @Test
    void aNameThatNoCertificateIsForIsRefusedWithTls() {
        assertThatThrownBy(() -> builder().uri("wss://my_host/feed").build())
                .hasMessage("host of uri: has a name that TLS cannot check a certificate for (expected: one of letters,"
                        + " digits, '-' and '.' alone, or ws://)");
    }

    @Test
    void tlsNeedsWss() throws Exception {
        SSLContext tls = SSLContext.getDefault();
        assertThatThrownBy(() -> builder().tls(tls).build())
                .hasMessage("tls: 'given' (expected: none with ws://; use wss://)");
        assertThat(builder().uri("wss://host").tls(tls).build().name()).isEqualTo("upstream");
    }

    @ParameterizedTest
    @CsvSource({
        "ws://host,                    ws://host",
        "wss://host:8443/a/b,          wss://host:8443/a/b",
        "ws://user:secret@host/a,      ws://host/a",
        "ws://host/a?token=secret,     ws://host/a",
        "ws://[::1]:80/a?secret,       ws://[::1]:80/a",
        "ws://my_host:54321/hub,       ws://my_host:54321/hub",
        "ws://us_er:sec_ret@my_host/a, ws://my_host/a"
    })
    void theAddressHasNoSecrets(String uri, String address) {
        WebSocketClientEndpoint endpoint =
                builder().uri(uri).header("X-Key", "secret").build();
        assertThat(endpoint).hasToString("WebSocketClientEndpoint[upstream, " + address + "]");
    }

    @Test
    void anEndpointCanWaitAndIsRawUnlessToldOtherwise() {
        assertThat(builder().build().canWait()).isTrue();
        assertThat(builder().build().marshaller()).isSameAs(Marshaller.raw());
        assertThat(builder().marshaller(Marshaller.json()).build().marshaller()).isEqualTo(Marshaller.json());
    }
}
