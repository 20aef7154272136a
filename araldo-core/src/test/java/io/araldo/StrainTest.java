package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StrainTest {
    private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration CALM = Duration.ofSeconds(5);

    private final ManualClock clock = ManualClock.at(OPENED);
    private final Strain full = Strain.of(clock, "it is full");
    private final Strain silent = Strain.of(clock, "it is silent");

    private Instant at(int seconds) {
        return OPENED.plusSeconds(seconds);
    }

    private void later(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    private Health health() {
        return Health.of(OPENED, full, silent);
    }

    @Test
    void linkIsUpSinceItWasOpenedIfNothingIsWrong() {
        later(10);

        assertThat(health()).isEqualTo(Health.up(OPENED));
    }

    @Test
    void manySignsAreOneStrainSinceTheFirst() {
        later(10);
        for (int i = 0; i < 10; i++) {
            full.shows();
            full.shows();
            assertThat(health()).isEqualTo(Health.degraded(at(10), "it is full"));
            later(4);
            assertThat(health()).isEqualTo(Health.degraded(at(10), "it is full"));
        }
    }

    @Test
    void strainIsOverWhenThereWasNoSignForAWhile() {
        full.shows();
        clock.advance(CALM.minusMillis(1));
        assertThat(health()).isEqualTo(Health.degraded(OPENED, "it is full"));

        clock.advance(Duration.ofMillis(1));

        assertThat(health()).isEqualTo(Health.up(at(5)));
    }

    @Test
    void nextSignAfterThatIsAnotherBeginningThoughNobodyAskedMeanwhile() {
        full.shows();
        later(60);

        full.shows();

        assertThat(health()).isEqualTo(Health.degraded(at(60), "it is full"));
    }

    @Test
    void strainThatBeginsHoldsUntilItEnds() {
        later(1);
        silent.begins();
        later(100);
        silent.begins();
        assertThat(health()).isEqualTo(Health.degraded(at(1), "it is silent"));

        silent.ends();
        later(100);
        silent.ends();

        assertThat(health()).isEqualTo(Health.up(at(101)));
    }

    @Test
    void endOfWhatHasNotBegunChangesNothing() {
        later(1);
        silent.ends();

        assertThat(health()).isEqualTo(Health.up(OPENED));
    }

    @Test
    void healthTellsOfAllStrainsThatHoldSinceTheFirst() {
        later(1);
        silent.begins();
        later(1);
        full.shows();
        assertThat(health()).isEqualTo(Health.degraded(at(1), "it is full; it is silent"));

        silent.ends();
        assertThat(health()).isEqualTo(Health.degraded(at(2), "it is full"));

        later(5);
        assertThat(health()).isEqualTo(Health.up(at(7)));
    }

    @Test
    void reasonIsNeeded() {
        assertThatThrownBy(() -> Strain.of(clock, " ")).hasMessageContaining("why");
    }
}
