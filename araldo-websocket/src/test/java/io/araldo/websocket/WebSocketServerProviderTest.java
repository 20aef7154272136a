package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.Marshaller;
import io.araldo.config.ConfigException;
import io.araldo.config.RelayConfig;
import io.araldo.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code endpoint-websocket} in configuration files. */
class WebSocketServerProviderTest {
    private static final String PORT = "global: {server-port: 0}\n";

    /** A file with endpoints {@code e0}, {@code e1} …, one for each text of settings, each with a route to a mock. */
    private static String file(String... settings) {
        StringBuilder file = new StringBuilder(PORT + "plugins:\n  araldo.endpoints.endpoint:\n");
        for (int i = 0; i < settings.length; i++) {
            file.append("    - {name: e" + i + ", id: endpoint-websocket, " + settings[i] + "}\n");
        }
        file.append("    - {name: mock, id: endpoint-mock}\nroutes:\n");
        for (int i = 0; i < settings.length; i++) {
            file.append("  e" + i + ": mock\n");
        }
        return file.toString();
    }

    private static RelayConfig load(String... settings) {
        return RelayConfig.parse("araldo.yaml", file(settings), name -> null);
    }

    private static WebSocketServerEndpoint endpoint(RelayConfig config, String name) {
        return config.endpoint(name, WebSocketServerEndpoint.class);
    }

    private static void assertRefused(String file, String... lines) {
        assertThatThrownBy(() -> RelayConfig.parse("araldo.yaml", file, name -> null))
                .isInstanceOf(ConfigException.class)
                .hasMessage(Arrays.stream(lines).collect(Collectors.joining("\n")));
    }

    @Test
    void allPathsOfAFileShareAServer() {
        RelayConfig config =
                load("path: /a", "path: /b, host: 127.0.0.2, max-message-bytes: 100", "path: /c, max-sessions: 5");

        WebSocketServer server = endpoint(config, "e0").server();
        assertThat(endpoint(config, "e1").server()).isSameAs(server);
        assertThat(endpoint(config, "e2").server()).isSameAs(server);
        assertThat(server.options().host()).isEqualTo("127.0.0.2");
        assertThat(server.options().maxMessageBytes()).isEqualTo(100);
        assertThat(server.options().maxSessions()).isEqualTo(5);
    }

    @Test
    void anotherFileHasAnotherServer() {
        assertThat(endpoint(load("path: /a"), "e0").server())
                .isNotSameAs(endpoint(load("path: /a"), "e0").server());
    }

    @Test
    void defaultsAreThoseOfTheBuilder() {
        assertThat(endpoint(load("path: /a"), "e0").server().options())
                .isEqualTo(WebSocketServer.builder().build().options());
    }

    @Test
    void everySettingIsUsed() {
        WebSocketServerEndpoint endpoint = endpoint(
                load("path: /a, echo: true, marshaller: marshal-json, host: localhost,"
                        + " allowed-origins: ['https://a.example', 'null'], max-message-bytes: 1, max-sessions: 2,"
                        + " max-sessions-per-address: 3, outbound-messages: 4, outbound-bytes: 5,"
                        + " outbound-total-bytes: 6, slow-session: drop-oldest, stall-timeout: 7s, ping-interval: 8s,"
                        + " pong-timeout: 9s, files: src"),
                "e0");

        assertThat(endpoint.path()).isEqualTo("/a");
        assertThat(endpoint.echoes()).isTrue();
        assertThat(endpoint.marshaller()).isSameAs(Marshaller.json());
        ServerOptions options = endpoint.server().options();
        assertThat(options.host()).isEqualTo("localhost");
        assertThat(options.allowedOrigins()).containsExactlyInAnyOrder("https://a.example", "null");
        assertThat(options.maxMessageBytes()).isEqualTo(1);
        assertThat(options.maxSessions()).isEqualTo(2);
        assertThat(options.maxSessionsPerAddress()).isEqualTo(3);
        assertThat(options.outboundMessages()).isEqualTo(4);
        assertThat(options.outboundBytes()).isEqualTo(5);
        assertThat(options.outboundTotalBytes()).isEqualTo(6);
        assertThat(options.slowSession()).isEqualTo(SlowSession.DROP_OLDEST);
        assertThat(options.stallTimeout()).hasSeconds(7);
        assertThat(options.pingInterval()).hasSeconds(8);
        assertThat(options.pongTimeout()).hasSeconds(9);
        assertThat(options.files()).containsExactly(new FileMount("/", FileSource.folder(Path.of("src"))));
    }

    @Test
    void theSameMayBeSaidTwice() {
        assertThat(endpoint(load("path: /a, host: localhost", "path: /b, host: localhost"), "e1")
                        .server()
                        .options()
                        .host())
                .isEqualTo("localhost");
    }

    @ParameterizedTest
    @CsvSource({
        "host, localhost, 0.0.0.0",
        "allowed-origins, [https://a.example], [https://b.example]",
        "max-message-bytes, 1, 2",
        "max-sessions, 1, 2",
        "max-sessions-per-address, 1, 2",
        "outbound-messages, 1, 2",
        "outbound-bytes, 1, 2",
        "outbound-total-bytes, 1, 2",
        "slow-session, drop-oldest, disconnect",
        "stall-timeout, 1000ms, 2ms",
        "ping-interval, 1000ms, 2ms",
        "pong-timeout, 1000ms, 2ms",
        "files, src, target"
    })
    void differentThingsMayNotBeSaidOfOneServer(String key, String one, String other) {
        assertRefused(
                file("path: /a, " + key + ": " + one, "path: /b, " + key + ": " + other),
                "araldo.yaml:5:52: plugins.araldo.endpoints.endpoint[1]." + key + ": found " + other
                        + " where another endpoint of the same server has " + one + "; write it once");
    }

    @Test
    void directoryThatIsNotThereIsToldWhereItIsNamed() {
        assertRefused(
                file("path: /a", "path: /b, files: nowhere", "path: /c"),
                "araldo.yaml:5:52: plugins.araldo.endpoints.endpoint[1].files: found 'nowhere', which is no directory;"
                        + " write one that exists, from the directory that the program runs in");
    }

    @Test
    void directoryThatCannotBeIsToldToo() {
        assertRefused(
                file("path: /a, files: \"\\0\""),
                "araldo.yaml:4:52: plugins.araldo.endpoints.endpoint[0].files: found '\\u0000', which is no directory;"
                        + " write one that exists, from the directory that the program runs in");
    }

    @Test
    void onePathIsOneEndpoint() {
        assertRefused(
                file("path: /a", "path: /a"),
                "araldo.yaml:5:42: plugins.araldo.endpoints.endpoint[1].path: found '/a', which endpoint 'e0' has; write"
                        + " another path, or use that endpoint in both routes");
    }

    @Test
    void badPath() {
        assertRefused(
                file("path: chat"),
                "araldo.yaml:4:42: plugins.araldo.endpoints.endpoint[0].path: 'chat' (expected: such as /chat or"
                        + " /room/{room}: letters, digits, '.', '_', '~', '-', and one variable at most)");
    }

    @Test
    void badOrigin() {
        assertRefused(
                file("path: /a, allowed-origins: [example.org]"),
                "araldo.yaml:4:70: plugins.araldo.endpoints.endpoint[0].allowed-origins[0]: found the text 'example.org';"
                        + " write an origin such as https://chat.example.org");
    }

    @Test
    void noPort() {
        assertRefused(
                file("path: /a").replace(PORT, "global: {}\n"),
                "araldo.yaml:4:7: plugins.araldo.endpoints.endpoint[0]: found no port to listen on; write server-port: 54321"
                        + " in the section global");
    }

    @Test
    void badPortIsOneMistake() {
        assertRefused(
                file("path: /a").replace(PORT, "global: {server-port: -1}\n"),
                "araldo.yaml:1:10: global.server-port: found the number -1; write a whole number from 0 to 65535");
    }

    @Test
    void theReferenceHasTheSettings() throws IOException {
        assertThat(Files.readString(Path.of("../docs/configuration.md")))
                .contains(SettingsTable.of(WebSocketServerSettings.class))
                .contains(SettingsTable.of(WebSocketClientSettings.class));
    }
}
