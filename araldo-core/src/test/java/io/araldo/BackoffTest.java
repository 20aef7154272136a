package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final int SAMPLES = 2_000;

    private static List<Duration> samples(Backoff backoff, int attempt) {
        return Stream.generate(() -> backoff.delay(attempt)).limit(SAMPLES).toList();
    }

    private static void assertFillsUpTo(Duration ceiling, List<Duration> samples) {
        assertThat(samples).allMatch(delay -> !delay.isNegative() && delay.compareTo(ceiling) <= 0);
        assertThat(samples)
                .as("the upper tenth")
                .anyMatch(delay -> delay.compareTo(ceiling.multipliedBy(9).dividedBy(10)) > 0);
        assertThat(samples).as("the lower tenth").anyMatch(delay -> delay.compareTo(ceiling.dividedBy(10)) < 0);
    }

    @Test
    void ceilingDoublesWithEachAttemptUpToTheCap() {
        Backoff backoff = Backoff.fullJitter(Duration.ofMillis(100), Duration.ofMillis(700));

        assertFillsUpTo(Duration.ofMillis(100), samples(backoff, 1));
        assertFillsUpTo(Duration.ofMillis(200), samples(backoff, 2));
        assertFillsUpTo(Duration.ofMillis(400), samples(backoff, 3));
        assertFillsUpTo(Duration.ofMillis(700), samples(backoff, 4));
        assertFillsUpTo(Duration.ofMillis(700), samples(backoff, Integer.MAX_VALUE));
    }

    @Test
    void capMayBeTheFirst() {
        Backoff backoff = Backoff.fullJitter(Duration.ofMillis(100), Duration.ofMillis(100));

        assertFillsUpTo(Duration.ofMillis(100), samples(backoff, 1));
        assertFillsUpTo(Duration.ofMillis(100), samples(backoff, 2));
    }

    @Test
    void longestCapDoesNotOverflow() {
        Duration century = Duration.ofDays(36_525);
        Backoff backoff = Backoff.fullJitter(Duration.ofNanos(1), century);

        assertFillsUpTo(century, samples(backoff, 1_000));
    }

    @Test
    void standardGrowsFromATenthToASecond() {
        assertThat(Backoff.standard()).isEqualTo(Backoff.fullJitter(Duration.ofMillis(100), Duration.ofSeconds(1)));
    }

    @Test
    void wrongArgumentsAreRefused() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> Backoff.fullJitter(Duration.ZERO, second)).hasMessage("first: PT0S (expected: > 0)");
        assertThatThrownBy(() -> Backoff.fullJitter(second, Duration.ofMillis(-1)))
                .hasMessage("cap: PT-0.001S (expected: > 0)");
        assertThatThrownBy(() -> Backoff.fullJitter(second, Duration.ofMillis(10)))
                .hasMessage("cap: PT0.01S (expected: not shorter than first, PT1S)");
        assertThatThrownBy(() -> Backoff.fullJitter(second, ChronoUnit.FOREVER.getDuration()))
                .hasMessage("cap: PT2562047788015215H30M7.999999999S (expected: at most 100 years)");
        assertThatThrownBy(() -> Backoff.standard().delay(0)).hasMessage("attempt: 0 (expected: > 0)");
    }
}
