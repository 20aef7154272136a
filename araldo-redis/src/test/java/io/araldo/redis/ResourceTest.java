package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an endpoint says of where it reads and writes. */
class ResourceTest {
    private static RedisPubSubEndpoint on(String uri, String channel) {
        return RedisPubSubEndpoint.builder("bus").uri(uri).channel(channel).build();
    }

    private static RedisPubSubEndpoint pattern(String pattern) {
        return RedisPubSubEndpoint.builder("bus")
                .uri("redis://h:1")
                .pattern(pattern)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, redis://localhost:6379/chat",
        "redis://127.0.0.1:6380, redis://localhost:6380/chat",
        "redis://[::1]:6380, redis://localhost:6380/chat",
        "redis://ann:secret@Redis.Example:6380/7, redis://redis.example:6380/chat",
        "rediss://h:6380, redis://h:6380/chat"
    })
    void channelIsSpelledAlikeHoweverItsServerIsNamed(String uri, String resource) {
        assertThat(on(uri, "chat").writes()).isEqualTo(Set.of(resource));
        assertThat(on(uri, "chat").reads(resource)).isTrue();
    }

    @Test
    void otherChannelsAndServersAreOthers() {
        RedisPubSubEndpoint bus = on("redis://h:1", "chat");
        assertThat(bus.reads("redis://h:1/chat2")).isFalse();
        assertThat(bus.reads("redis://h:12/chat")).isFalse();
        assertThat(bus.reads("redis://g:1/chat")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "news.*, news., true",
        "news.*, news.eu.it, true",
        "news.*, newsX, false",
        "h?llo, hello, true",
        "h?llo, hllo, false",
        "h[ae]llo, hallo, true",
        "h[ae]llo, hillo, false",
        "h[^e]llo, hallo, true",
        "h[^e]llo, hello, false",
        "h[a-c]llo, hbllo, true",
        "h[c-a]llo, hbllo, true",
        "h[a-c]llo, hdllo, false",
        "h\\*llo, h*llo, true",
        "h\\*llo, hello, false",
        "h[\\]]llo, h]llo, true",
        "h[ab, ha, true",
        "a.b, axb, false",
        "(a|b), a, false"
    })
    void patternReadsTheChannelsThatItMatches(String pattern, String channel, boolean matches) {
        assertThat(pattern(pattern).reads("redis://h:1/" + channel)).isEqualTo(matches);
        assertThat(pattern(pattern).writes()).isEmpty();
    }
}
