package io.araldo.examples.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** In a host's container nothing of Tyrus and Grizzly is loaded: they need not be there. */
class WithoutTyrusIT {
    @Test
    void aHostNeedsNeitherTyrusNorGrizzly() throws Exception {
        String classPath = System.getProperty("java.class.path");
        String bare = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !isOfTyrus(entry))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(bare.length()).isLessThan(classPath.length());
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        bare,
                        BareChat.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).as(output).isTrue();
        assertThat(output).contains("chatted by ");
    }

    private static boolean isOfTyrus(String entry) {
        String jar = Path.of(entry).getFileName().toString();
        return jar.startsWith("tyrus-") || jar.startsWith("grizzly-");
    }
}
