package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.Marshaller;
import io.araldo.config.ConfigException;
import io.araldo.config.RelayConfig;
import io.araldo.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code endpoint-redis} in configuration files. */
class RedisPubSubProviderTest {
    private static String file(String... settings) {
        return """
            plugins:
              araldo.endpoints.endpoint:
                - {name: mock, id: endpoint-mock}
                - {name: bus, id: endpoint-redis, %s}
            routes:
              bus: mock
            """.formatted(String.join(", ", settings));
    }

    private static RedisPubSubEndpoint endpoint(String... settings) {
        return RelayConfig.parse("araldo.yaml", file(settings), Map.of("REDIS_URI", "redis://elsewhere:1234")::get)
                .endpoint("bus", RedisPubSubEndpoint.class);
    }

    private static void assertRefused(String file, String message) {
        assertThatThrownBy(() -> RelayConfig.parse("araldo.yaml", file, name -> null))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void readsAndWritesAChannel() {
        RedisPubSubEndpoint bus = endpoint(
                "uri: \"${REDIS_URI:-redis://localhost}\"",
                "channel: chat",
                "marshaller: marshal-json",
                "max-in-flight: 5");

        assertThat(bus).hasToString("RedisPubSubEndpoint[bus, redis://elsewhere:1234, channel chat]");
        assertThat(bus.marshaller()).isSameAs(Marshaller.json());
        assertThat(bus.maxInFlight()).isEqualTo(5);
    }

    @Test
    void defaultsAreThoseOfTheBuilder() {
        RedisPubSubEndpoint byDefault =
                RedisPubSubEndpoint.builder("bus").uri("redis://h").channel("c").build();
        RedisPubSubEndpoint bus = endpoint("uri: 'redis://h'", "channel: c");

        assertThat(bus.maxInFlight()).isEqualTo(byDefault.maxInFlight());
        assertThat(bus.marshaller()).isSameAs(byDefault.marshaller());
    }

    @Test
    void patternIsASource() {
        assertThat(endpoint("uri: 'redis://h'", "pattern: 'news.*'"))
                .hasToString("RedisPubSubEndpoint[bus, redis://h:6379, pattern news.*]");
    }

    @Test
    void nothingCanBeSentToAPattern() {
        assertRefused(
                file("uri: 'redis://h'", "pattern: 'news.*'").replace("bus: mock", "mock: bus"),
                "araldo.yaml:6:3: routes.mock: the endpoint 'bus' takes nothing; write it as a source");
    }

    @Test
    void neitherChannelNorPattern() {
        assertRefused(
                file("uri: 'redis://h'"),
                "araldo.yaml:4:7: plugins.araldo.endpoints.endpoint[1].channel: missing; write channel: chat, or pattern:"
                        + " 'news.*'");
    }

    @Test
    void bothChannelAndPattern() {
        assertRefused(
                file("uri: 'redis://h'", "channel: c", "pattern: p"),
                "araldo.yaml:4:69: plugins.araldo.endpoints.endpoint[1].pattern: found beside a channel; write one of the"
                        + " two, or make two endpoints");
    }

    @Test
    void missingUri() {
        assertRefused(
                file("channel: c"),
                "araldo.yaml:4:7: plugins.araldo.endpoints.endpoint[1].uri: missing; write uri: redis://localhost:6379");
    }

    @Test
    void uriOfSomethingElse() {
        assertRefused(
                file("uri: 'http://user:hunter2@host'", "channel: c"),
                "araldo.yaml:4:39: plugins.araldo.endpoints.endpoint[1].uri: does not begin with redis:// or rediss://"
                        + " (expected: redis://[[user]:password@]host[:port][/database], or rediss:// for TLS, with special"
                        + " characters of user and password percent-encoded; it is not shown here, as it may hold a password)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:hunter2^x@host",
                "redis://:hunter2",
                "redis:hunter2@host",
                "redis://:hunter2@ho st",
                "redis://u:hunter2@host:port",
                "redis://u:%hunter2@host",
                "redis://u:hunter2#@host",
                "redis://u:hunter2/@host",
                "//:hunter2@host",
                "hunter2"
            })
    void passwordOfAMalformedUriIsNotShown(String uri) {
        assertThatThrownBy(() -> endpoint("uri: '" + uri + "'", "channel: c"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("araldo.yaml:4:39: plugins.araldo.endpoints.endpoint[1].uri: ")
                .hasMessageNotContaining("hunter2");
    }

    private static String bridge(String settings) {
        return """
            plugins:
              araldo.endpoints.endpoint:
                - {name: a, id: endpoint-redis, uri: 'redis://me:hunter2@h', channel: x%1$s}
                - {name: b, id: endpoint-redis, uri: 'redis://h', channel: y%1$s}
            routes:
              a: b
              b: a
            """.formatted(settings);
    }

    @Test
    void twoRawChannelsThatFeedEachOther() {
        assertRefused(
                bridge(""),
                "araldo.yaml:6:3: routes.a: routes a->b, b->a feed themselves: redis://h:6379/x -> redis://h:6379/y ->"
                        + " redis://h:6379/x; use separate channels, or write marshaller: marshal-json on both");
    }

    @Test
    void envelopesOnBothChannelsDoNot() {
        RelayConfig config = RelayConfig.parse("araldo.yaml", bridge(", marshaller: marshal-json"), name -> null);
        assertThat(config.plan().routes()).hasSize(2);
    }

    @Test
    void theReferenceHasTheSettings() throws IOException {
        assertThat(Files.readString(Path.of("../docs/configuration.md")))
                .contains(SettingsTable.of(RedisPubSubSettings.class));
    }
}
