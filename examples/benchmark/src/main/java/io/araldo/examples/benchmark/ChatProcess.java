package io.araldo.examples.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A chat in a process of its own, so that its CPU time is its own, and nobody's compiled code another's. */
final class ChatProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private ChatProcess(Process process, int port) {
        this.process = process;
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
        List<String> command = new ArrayList<>(peer.isJava() ? java(peer, heap) : peer.command(scripts));
        if (redisUri != null) {
            command.add(redisUri);
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            if (line == null) {
                process.destroyForcibly();
                throw new IllegalStateException(peer + " did not start");
            }
            return new ChatProcess(process, Integer.parseInt(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> java(ChatPeer peer, String heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                ChatMain.class.getName(),
                peer.name());
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
