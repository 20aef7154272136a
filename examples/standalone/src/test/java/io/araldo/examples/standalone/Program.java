package io.araldo.examples.standalone;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code target/araldo.jar} as a user runs it, in a process of its own. What waits does so for 30 seconds at most. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of("target", "araldo.jar").toAbsolutePath();

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        out = Files.createTempFile(folder, "out-", ".txt");
        err = Files.createTempFile(folder, "err-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** {@code java -jar}, in this folder. */
    static Program start(Path folder, Map<String, String> environment, String... arguments) {
        return start(folder, environment, List.of("-jar", JAR.toString()), arguments);
    }

    /** With another jar on the class path. */
    static Program startWith(Path jar, Path folder, String... arguments) {
        String classPath = JAR + File.pathSeparator + jar;
        return start(folder, Map.of(), List.of("-cp", classPath, Main.class.getName()), arguments);
    }

    private static Program start(Path folder, Map<String, String> environment, List<String> what, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(what);
        command.addAll(List.of(arguments));
        try {
            return new Program(folder, environment, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says that it runs. */
    Program running() {
        await().atMost(PATIENCE).until(() -> out().contains("Araldo runs") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("it has ended: " + this);
        }
        return this;
    }

    /** Where an endpoint is, as it was printed. */
    URI address(String endpoint) {
        String beginning = endpoint + " at ";
        return out().lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> URI.create(line.substring(beginning.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no address of " + endpoint + ": " + this));
    }

    /** What it has written to its standard output so far. */
    String out() {
        return read(out);
    }

    /** What it has written to its standard error so far. */
    String err() {
        return read(err);
    }

    /** In the encoding that the process has from this one. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), Charset.defaultCharset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill} does: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it has not ended: " + this);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public String toString() {
        return "Program[" + process + "]\n" + out() + err();
    }
}
