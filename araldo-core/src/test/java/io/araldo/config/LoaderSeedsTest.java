package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@link LoaderFuzz}, and whatever it found. */
class LoaderSeedsTest {
    private static final Path SEEDS = Path.of(
            "src/test/resources/io/araldo/config/LoaderFuzzInputs/answersWithAConfigurationOrAnExceptionOfItsOwn");

    static List<Path> seeds() throws IOException {
        try (Stream<Path> seeds = Files.list(SEEDS)) {
            return seeds.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isAnsweredWithAConfigurationOrAnExceptionOfItsOwn(Path seed) throws IOException {
        LoaderFuzz.check(Files.readAllBytes(seed));
    }

    @Test
    void someSeedsAreGood() throws IOException {
        assertThat(RelayConfig.read(SEEDS.resolve("sample.yaml")).plan().routes())
                .hasSize(2);
        assertThatThrownBy(() -> RelayConfig.read(SEEDS.resolve("mistakes.yaml")))
                .isInstanceOf(ConfigException.class);
    }
}
