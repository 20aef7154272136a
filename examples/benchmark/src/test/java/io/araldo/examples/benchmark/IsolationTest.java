package io.araldo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IsolationTest {
    @Test
    void everythingComesBackBesideATargetThatIsStuck() {
        try (IsolationRun run = new IsolationRun(true)) {
            assertThat(run.run(2)).hasSize(2 * IsolationRun.PER_SECOND * IsolationRun.CLIENTS);
            run.checkStuck();
        }
    }

    @Test
    void targetThatHasRoomIsNotStuck() {
        try (IsolationRun run = new IsolationRun(true)) {
            assertThatThrownBy(run::checkStuck)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("not stuck: ");
        }
    }

    /** From a microsecond to so many, so that a percentile is its own number. */
    private static long[] to(int micros) {
        return LongStream.rangeClosed(1, micros).map(micro -> micro * 1_000).toArray();
    }

    @Test
    void tableTellsPercentilesAndTheirMedians() {
        assertThat(Isolation.table(List.of(to(100), to(300), to(200)), List.of(to(400), to(300), to(200))))
                .isEqualToNormalizingNewlines("""
                        | run | p50 without, µs | p50 with, µs | p99 without, µs | p99 with, µs | p99, × |
                        |---|---|---|---|---|---|
                        | 1 | 50 | 200 | 99 | 396 | 4.00 |
                        | 2 | 150 | 150 | 297 | 297 | 1.00 |
                        | 3 | 100 | 100 | 198 | 198 | 1.00 |
                        | median | 100 | 150 | 198 | 297 | 1.50 |
                        """);
    }
}
