package io.araldo.examples.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A chat in a process of its own, so that its CPU time is its own, and nobody's compiled code another's. */
final class ChatProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final int port;

    private ChatProcess(Process process, BufferedReader out, int port) {
        this.process = process;
        this.out = out;
        this.port = port;
    }

    /**
     * Starts it, with the class path of this process if it is in Java, and waits until it has its port.
     *
     * @param heap of one in Java, such as {@code 512m}
     * @param scripts the folder of those that are not
     * @throws IllegalStateException if it ends instead
     */
    static ChatProcess start(ChatPeer peer, String heap, Path scripts, @Nullable String redisUri) {
        List<String> command =
                new ArrayList<>(peer.isJava() ? java(heap, ChatMain.class, peer.name()) : peer.command(scripts));
        if (redisUri != null) {
            command.add(redisUri);
        }
        return start(peer.toString(), command);
    }

    /** The same of a main class that, like {@link ChatMain}, prints its port and ends with its input. */
    static ChatProcess start(Class<?> main, String heap, String argument) {
        return start(main.getSimpleName(), java(heap, main, argument));
    }

    private static List<String> java(String heap, Class<?> main, String argument) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument);
    }

    private static ChatProcess start(String name, List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            if (line == null) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not start");
            }
            return new ChatProcess(process, out, Integer.parseInt(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** CPU time since its start, of all its threads; in steps of 10 milliseconds on Linux. */
    Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this system does not tell the CPU time of a process"));
    }

    /** The most memory that it has had so far, of Java's heap and all else, in bytes; NaN where this is not Linux. */
    double peakBytes() {
        Path status = Path.of("/proc", "" + process.pid(), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> 1_024 * Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, and returns the line that it prints then. */
    String end() {
        try {
            process.outputWriter().close();
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("the server ended without a word");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
