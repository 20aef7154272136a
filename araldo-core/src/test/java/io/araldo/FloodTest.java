package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flood ends in drops that are counted, or in a source that is held back; never in a lack of memory. */
class FloodTest {
    private static final int SECONDS = Integer.getInteger("araldo.flood.seconds", 2);

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void floodIsCountedToTheLastMessageInLittleMemory(Overflow policy) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Flood.class.getName(),
                        policy.name(),
                        "" + SECONDS)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("exact: ").doesNotContain("OutOfMemory");
            assertThat(output.contains("dropped 0,")).isEqualTo(policy == Overflow.BLOCK);
            assertThat(program.exitValue()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }
}
