package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Health;
import io.araldo.Strain;
import io.araldo.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final Deque<CompletableFuture<String>> pings = new ArrayDeque<>();
    private final AtomicLong progress = new AtomicLong();
    private final AtomicInteger deaths = new AtomicInteger();
    private final ManualClock clock = ManualClock.at(Instant.EPOCH);
    private final Strain silence = Strain.of(clock, "silent");
    private final Heartbeat heartbeat = new Heartbeat(this::ping, progress::get, silence, deaths::incrementAndGet);

    private CompletableFuture<String> ping() {
        pings.add(new CompletableFuture<>());
        return pings.getLast();
    }

    @Test
    void eachBeatPingsWhileAnswersCome() {
        for (int i = 1; i <= 10; i++) {
            heartbeat.beat();
            assertThat(pings).hasSize(i);
            pings.getLast().complete("PONG");
        }
        assertThat(deaths).hasValue(0);
    }

    @Test
    void twoBeatsWithoutAnAnswerAreDeathOnce() {
        heartbeat.beat();
        heartbeat.beat();
        assertThat(deaths).hasValue(0);
        heartbeat.beat();
        assertThat(deaths).hasValue(1);
        heartbeat.beat();
        heartbeat.beat();
        assertThat(deaths).hasValue(1);
        assertThat(pings).hasSize(1);
    }

    @Test
    void itIsAStrainFromTheFirstBeatWithoutAnAnswerToTheFirstWithOne() {
        heartbeat.beat();
        assertThat(Health.of(Instant.EPOCH, silence)).isEqualTo(Health.up(Instant.EPOCH));

        Instant begun = clock.advance(Duration.ofSeconds(5));
        heartbeat.beat();
        Instant over = clock.advance(Duration.ofSeconds(5));
        assertThat(Health.of(Instant.EPOCH, silence)).isEqualTo(Health.degraded(begun, "silent"));

        progress.incrementAndGet();
        heartbeat.beat();
        assertThat(Health.of(Instant.EPOCH, silence)).isEqualTo(Health.up(over));
    }

    @Test
    void lateAnswerIsNoDeath() {
        heartbeat.beat();
        heartbeat.beat();
        pings.getLast().complete("PONG");
        heartbeat.beat();
        heartbeat.beat();
        assertThat(deaths).hasValue(0);
        assertThat(pings).hasSize(2);
    }

    @Test
    void anythingThatComesCountsAsAnAnswer() {
        for (int i = 0; i < 10; i++) {
            heartbeat.beat();
            progress.incrementAndGet();
        }
        assertThat(deaths).hasValue(0);
    }

    @Test
    void failedPingIsAnAnswerSinceTheConnectionReportsItsEndItself() {
        heartbeat.beat();
        pings.getLast().completeExceptionally(new IllegalStateException("closed"));
        heartbeat.beat();
        heartbeat.beat();
        assertThat(deaths).hasValue(0);
    }
}
