package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.Marshaller;
import io.araldo.config.ConfigException;
import io.araldo.config.RelayConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code endpoint-websocket-client} in configuration files. */
class WebSocketClientProviderTest {
    private static String file(String settings) {
        return "plugins:\n  araldo.endpoints.endpoint:\n    - name: upstream\n      id: endpoint-websocket-client\n"
                + settings.lines().map(line -> "      " + line + "\n").collect(Collectors.joining())
                + "    - {name: mock, id: endpoint-mock}\nroutes:\n  mock: upstream\n";
    }

    private static ClientOptions options(String settings) {
        return RelayConfig.parse("araldo.yaml", file(settings), name -> null)
                .endpoint("upstream", WebSocketClientEndpoint.class)
                .options();
    }

    private static void assertRefused(String settings, String... lines) {
        assertThatThrownBy(() -> options(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessage(Arrays.stream(lines)
                        .map(line -> "araldo.yaml:" + line.replace("AT", "plugins.araldo.endpoints.endpoint[0]"))
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void defaultsAreThoseOfTheBuilder() {
        assertThat(options("uri: ws://host/a"))
                .isEqualTo(WebSocketClientEndpoint.builder("upstream")
                        .uri("ws://host/a")
                        .build()
                        .options());
    }

    @Test
    void everySettingIsUsed() {
        assertThat(options("""
                        uri: wss://me:secret@host/a?b
                        headers: ['X-One:  a: b ', 'X-Two:']
                        subprotocols: [v2, v1]
                        proxy: http://you:hidden@proxy:3128
                        marshaller: marshal-json
                        max-message-bytes: 1
                        outbound-messages: 2
                        outbound-bytes: 3
                        ping-interval: 4ms
                        pong-timeout: 5s
                        echoes: true"""))
                .isEqualTo(WebSocketClientEndpoint.builder("upstream")
                        .uri("wss://me:secret@host/a?b")
                        .header("X-One", "a: b")
                        .header("X-Two", "")
                        .subprotocol("v2", "v1")
                        .proxy("http://you:hidden@proxy:3128")
                        .marshaller(Marshaller.json())
                        .maxMessageBytes(1)
                        .outboundMessages(2)
                        .outboundBytes(3)
                        .pingInterval(Duration.ofMillis(4))
                        .pongTimeout(Duration.ofSeconds(5))
                        .echoes()
                        .build()
                        .options());
    }

    @Test
    void mistakesAreToldAtTheirSettingsAndWithoutSecrets() {
        assertRefused(
                "uri: http://me:secret@host/?token=secret\nheaders: ['Host: secret']\nsubprotocols: [a b]\n"
                        + "proxy: socks://me:secret@host:1080",
                "5:7: AT.uri: scheme 'http' (expected: ws or wss)",
                "6:7: AT.headers: 'Host' (expected: none of those that make the handshake)",
                "7:7: AT.subprotocols: 'a b' (expected: a name such as v1.chat)",
                "8:7: AT.proxy: scheme 'socks' (expected: http)");
    }

    @Test
    void aMalformedUriIsToldAndNotShown() {
        assertRefused(
                "uri: ws://me:secret@host/a b",
                "5:7: AT.uri: 'Illegal character in path at index 21' (expected: such as ws://host:port/path or"
                        + " wss://host/path)");
    }

    @Test
    void aHostThatNoCertificateIsForIsTold() {
        assertThat(options("uri: ws://my_relay:54321/hub").host()).isEqualTo("my_relay");
        assertRefused(
                "uri: wss://my_relay:54321/hub",
                "5:7: AT.uri: host has a name that TLS cannot check a certificate for (expected: one of letters, digits,"
                        + " '-' and '.' alone, or ws://)");
    }

    @Test
    void aUriIsNeeded() {
        assertRefused(
                "ping-interval: 0ms",
                "3:7: AT.uri: missing; write uri: wss://feed.example.org/chat",
                "5:7: AT.ping-interval: found the text '0ms'; write a duration such as 500ms, 5s, 2m or 1h from 1ms");
    }
}
