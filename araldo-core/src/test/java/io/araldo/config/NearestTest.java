package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "redis_1, redis_2",
        "chanel, channel",
        "chnanel, channel",
        "channels, channel",
        "CHANNEL, channel",
        "mok_1, mock_1",
        "zebra,",
        "x,",
        "ab, a",
        "uir, uri",
    })
    void isTheNameThatDiffersLeast(String wanted, String expected) {
        assertThat(Nearest.to(wanted, List.of("mock_1", "redis_2", "redis_3", "channel", "a", "uri")))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void longListsAreCut() {
        List<String> names = IntStream.range(0, 30).mapToObj(i -> "n" + i).toList();

        assertThat(Nearest.explain("no such", "zebra", "names", names))
                .endsWith("(names: n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13, n14, n15, n16, n17, n18,"
                        + " n19, and 10 more)");
    }

    @Test
    void isNoneOfNone() {
        assertThat(Nearest.explain("no such", "x", "names", Collections.emptyList()))
                .isEqualTo("no such; no other name is near (names: none)");
    }
}
