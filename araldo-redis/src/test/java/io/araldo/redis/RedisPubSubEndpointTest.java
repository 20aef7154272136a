package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.Payload;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RedisPubSubEndpointTest {
    private static final Marshaller UPPER_CASE = new Marshaller() {
        @Override
        public Payload encode(Message message) {
            return Payload.text(message.payload().text().toUpperCase(Locale.ROOT));
        }

        @Override
        public Message decode(Message wire) {
            return wire;
        }
    };

    @Test
    void endpointSaysWhatItWasGiven() {
        RedisPubSubEndpoint bus = RedisPubSubEndpoint.builder("bus")
                .uri("redis://localhost")
                .channel("chat")
                .marshaller(UPPER_CASE)
                .build();

        assertThat(bus.name()).isEqualTo("bus");
        assertThat(bus.marshaller()).isSameAs(UPPER_CASE);
        assertThat(bus).hasToString("RedisPubSubEndpoint[bus, redis://localhost:6379, channel chat]");
    }

    @Test
    void defaultsAreRawAndTenThousandInFlightAndAPingEveryFiveSeconds() {
        RedisPubSubEndpoint bus = RedisPubSubEndpoint.builder("bus")
                .uri("redis://localhost")
                .channel("chat")
                .build();

        assertThat(bus.marshaller()).isSameAs(Marshaller.raw());
        assertThat(bus.maxInFlight()).isEqualTo(10_000);
        assertThat(bus.heartbeat()).hasSeconds(5);
    }

    @Test
    void endpointCannotWait() {
        assertThat(RedisPubSubEndpoint.builder("news")
                        .uri("redis://localhost")
                        .pattern("news.*")
                        .build()
                        .canWait())
                .isFalse();
    }

    @Test
    void allMistakesAreReportedTogether() {
        RedisPubSubEndpoint.Builder builder = RedisPubSubEndpoint.builder("my bus")
                .uri("http://localhost")
                .channel("")
                .marshaller(null)
                .maxInFlight(0);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        uri: does not begin with redis:// or rediss:// (expected: \
                        redis://[[user]:password@]host[:port][/database], or rediss:// for TLS, \
                        with special characters of user and password percent-encoded; \
                        it is not shown here, as it may hold a password)
                        endpoint name: 'my bus' (expected: 1 to 64 letters, digits, '.', '_' or '-', \
                        the first a letter or a digit)
                        channel: '' (expected: not blank)
                        maxInFlight: 0 (expected: 1 to 1,000,000)
                        marshaller: null (expected: a value)""");
    }

    @Test
    void nothingGivenIsAMistake() {
        assertThatThrownBy(() -> RedisPubSubEndpoint.builder(null).build()).hasMessage("""
                        uri: null (expected: such as redis://localhost:6379)
                        endpoint name: null (expected: 1 to 64 letters, digits, '.', '_' or '-', \
                        the first a letter or a digit)
                        channel: null (expected: a channel, or a pattern)""");
    }

    @Test
    void channelAndPatternExcludeEachOther() {
        assertThatThrownBy(() -> RedisPubSubEndpoint.builder("bus")
                        .uri("redis://localhost")
                        .channel("chat")
                        .pattern("news.*")
                        .build())
                .hasMessage("channel and pattern: 'chat' and 'news.*' (expected: one of the two; make two endpoints)");
    }

    @Test
    void blankPatternIsAMistake() {
        assertThatThrownBy(() -> RedisPubSubEndpoint.builder("bus")
                        .uri("redis://localhost")
                        .pattern(" ")
                        .build())
                .hasMessage("pattern: ' ' (expected: not blank)");
    }

    @Test
    void textOfAnEndpointDoesNotShowUserInformation() {
        assertThat(RedisPubSubEndpoint.builder("bus")
                        .uri("rediss://alice:s3cret@redis.example:7000/2?verifyPeer=CA")
                        .pattern("a*")
                        .build())
                .hasToString("RedisPubSubEndpoint[bus, rediss://redis.example:7000, pattern a*]");
    }
}
