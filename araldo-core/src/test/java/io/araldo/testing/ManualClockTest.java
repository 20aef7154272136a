package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.araldo.Health;
import io.araldo.MockEndpoint;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = ManualClock.at(NOON);

    @Test
    void clockStandsStillUntilItIsMovedOn() {
        assertThat(clock.instant()).isEqualTo(NOON).isEqualTo(clock.instant());
        assertThat(clock.advance(Duration.ofSeconds(5))).isEqualTo(NOON.plusSeconds(5));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void clockDoesNotGoBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .withMessage("step: PT-1S (expected: >= 0)");
    }

    @Test
    void linksSeeTheClockOfTheirContext() {
        clock.advance(Duration.ofHours(1));
        try (TestLinkContext context = TestLinkContext.bothWays("relay", "mock", clock)) {
            Health health = MockEndpoint.create("mock")
                    .open(new RecordingInbox(), context)
                    .toCompletableFuture()
                    .join()
                    .health();
            assertThat(health.since()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        }
    }
}
