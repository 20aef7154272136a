package io.araldo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void showsMedianLeastAndMostOfEachFigure() {
        assertThat(Tables.ofSamples(List.of(
                        new Sample("hop", "a", 3_000, 30, 300),
                        new Sample("hop", "b", 1_000, 90, 900),
                        new Sample("fan", "a", 7, 8, 9),
                        new Sample("hop", "a", 1_000, 10, 100),
                        new Sample("hop", "a", 2_000, 20, 200))))
                .containsExactly("""
                        | hop | messages/s | first is × as fast | CPU ns/message | bytes/message |
                        |---|---|---|---|---|
                        | a | 2,000 (1,000 to 3,000) | 1.0 | 20 (10 to 30) | 200 (100 to 300) |
                        | b | 1,000 (1,000 to 1,000) | 2.0 | 90 (90 to 90) | 900 (900 to 900) |
                        """, """
                        | fan | messages/s | first is × as fast | CPU ns/message | bytes/message |
                        |---|---|---|---|---|
                        | a | 7 (7 to 7) | 1.0 | 8 (8 to 8) | 9 (9 to 9) |
                        """);
    }
}
