package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Link;
import io.araldo.Outcome;
import io.araldo.testing.ManualClock;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestLinkContext;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A link that works, but not as it should, says so, since when and why; and no more when that is over. */
class PubSubHealthTest {
    private static final Duration CALM = Duration.ofSeconds(5);

    private static RedisServerProcess redis;

    private final Links links = new Links();
    private final RecordingInbox inbox = new RecordingInbox();
    private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));

    @BeforeAll
    static void startRedis() {
        redis = RedisServerProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void close() {
        redis.thaw();
        links.close();
    }

    private Link open(RedisPubSubEndpoint.Builder options) {
        return links.open(
                options.uri(redis.uri()).channel("chat").build(),
                inbox,
                links.keep(TestLinkContext.bothWays("test", "bus", clock)));
    }

    @Test
    void linkIsDegradedWhileAsManyAreUnansweredAsMayBe() {
        Instant opened = clock.instant();
        Link link = open(RedisPubSubEndpoint.builder("bus").maxInFlight(1));
        Instant begun = clock.advance(Duration.ofSeconds(10));
        redis.freeze();
        CompletableFuture<Outcome> first = Links.send(link, "takes all the room");
        assertThat(link.health()).isEqualTo(Health.up(opened));

        for (int i = 0; i < 3; i++) {
            assertThat(Links.send(link, "finds none")).isCompletedWithValue(Outcome.dropped(DropReason.OVERFLOW));
            assertThat(link.health())
                    .isEqualTo(Health.degraded(begun, "maxInFlight is reached: 1 messages are unanswered"));
            clock.advance(CALM.minusMillis(1));
        }

        redis.thaw();
        assertThat(first.join()).isEqualTo(Outcome.delivered());
        Instant over = clock.advance(Duration.ofMillis(1));
        clock.advance(CALM);
        assertThat(link.health()).isEqualTo(Health.up(over));
    }

    @Test
    void linkIsDegradedWhileAPingIsUnanswered() {
        Link link = open(RedisPubSubEndpoint.builder("bus").heartbeat(Duration.ofMillis(700)));
        Instant begun = clock.advance(Duration.ofSeconds(10));
        redis.freeze();
        await().pollInterval(Duration.ofMillis(5)).until(() -> link.health().status() != Health.Status.UP);
        Health health = link.health();
        redis.thaw();

        assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(health.since()).isEqualTo(begun);
        assertThat(health.why()).startsWith("no answer to a ping on the connection that ");
        Instant over = clock.advance(Duration.ofSeconds(1));
        await().pollInterval(Duration.ofMillis(5)).until(() -> link.health().status() == Health.Status.UP);
        assertThat(link.health()).isEqualTo(Health.up(over));
        assertThat(inbox.losses()).isEmpty();
    }
}
