package io.araldo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of a test in a JVM of its own that has little memory: 64 MB. */
public final class SmallHeap {
    private SmallHeap() {}

    /**
     * Runs it, and waits for its end, which is for the program to see to.
     *
     * @param program has a {@code main}; its class path is that of the test
     * @return what it printed
     * @throws AssertionError if it ends with anything but 0, as it does where memory is short
     */
    public static String run(Class<?> program, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try {
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int exit = process.waitFor();
                if (exit != 0) {
                    throw new AssertionError(program.getSimpleName() + " ended with " + exit + ": " + output);
                }
                return output;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
