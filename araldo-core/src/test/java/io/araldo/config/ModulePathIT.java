package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin of somebody else as a module, beside the core as a module, in a JVM of its own. */
@Timeout(120)
class ModulePathIT {
    private static final Path SOURCES = Path.of("src/test/resources/module-path/third.party");

    @TempDir
    Path classes;

    /** The core, and of the class path of this test what it needs. */
    private static String modules() throws Exception {
        Path core = Path.of(RelayConfig.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Stream<String> libraries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        Path.of(entry).getFileName().toString().matches("(slf4j-api|jspecify|jackson-|snakeyaml-).*"));
        return Stream.concat(Stream.of(core.toString()), libraries).collect(Collectors.joining(File.pathSeparator));
    }

    @BeforeEach
    void compile() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-p", modules()));
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            sources.map(Path::toString)
                    .filter(source -> source.endsWith(".java"))
                    .forEach(arguments::add);
        }
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(status).isZero();
    }

    private String run(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-p", modules() + File.pathSeparator + classes, "-m", "third.party/third.party.Main"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = output(process);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Without what SLF4J says of there being no provider. */
    private static String output(Process process) throws IOException {
        try (InputStream in = process.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("SLF4J"))
                    .collect(Collectors.joining("\n"));
        }
    }

    @Test
    void itsPluginIsFoundAndWorks() throws Exception {
        assertThat(run("--add-modules", "tools.jackson.dataformat.yaml"))
                .isEqualTo("made a with label first\nmade b with label second\ngot hello");
    }

    @Test
    void whereTheModuleOfJacksonIsNotResolvedTheMessageSaysHow() throws Exception {
        assertThat(run())
                .startsWith("reading a configuration file needs Jackson 3.1, which is not there or does not fit (")
                .endsWith("; on the module path also start java with --add-modules tools.jackson.dataformat.yaml");
    }
}
