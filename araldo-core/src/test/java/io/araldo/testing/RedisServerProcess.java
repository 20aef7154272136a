package io.araldo.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on a free port of the loopback address, without persistence, in a process of its own: it can be
 * killed and started again on the same port. Its program comes with {@code com.github.codemonstur:embedded-redis},
 * which the module whose tests use this must have as a test dependency; the system property
 * {@code araldo.redis.executable} names another one, such as {@code /usr/bin/redis-server}.
 *
 * <p>For one thread at a time. All methods block until what they say is done, for some seconds at most; the process is
 * killed with {@link #close}, or with the JVM.
 */
public final class RedisServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int RETRY_MILLIS = 10;
    private static final int READ_TIMEOUT_MILLIS = 1_000;

    private final HeldPort port;
    private final List<String> command;
    private final Path log;
    private final Thread reaper = new Thread(this::destroy);

    private volatile @Nullable Process process;

    private RedisServerProcess(List<String> settings) throws IOException {
        port = new HeldPort();
        log = Files.createTempFile("araldo-redis-", ".log");
        command = new ArrayList<>(List.of(executable().getPath()));
        command.addAll(List.of("--port", Integer.toString(port.port()), "--bind", "127.0.0.1"));
        command.addAll(List.of("--save", "", "--appendonly", "no"));
        command.addAll(settings);
        log.toFile().deleteOnExit();
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    private static File executable() throws IOException {
        String other = System.getProperty("araldo.redis.executable");
        return other != null ? new File(other) : Program.FILE;
    }

    /** The program is unpacked once in a JVM. */
    private static final class Program {
        static final File FILE = unpack();

        private static File unpack() {
            try {
                return ExecutableProvider.newJarResourceProvider().get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Starts a server.
     *
     * @param settings more of what a command line of redis-server takes, such as {@code "--requirepass", "secret"}
     */
    public static RedisServerProcess start(String... settings) {
        try {
            return new RedisServerProcess(Arrays.asList(settings)).started();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RedisServerProcess started() {
        try {
            launch();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Its port, the same for all its life; where TLS is asked for by {@code --tls-port}, choose that yourself. */
    public int port() {
        return port.port();
    }

    /** Where it is: {@code redis://127.0.0.1:port}. */
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /** Starts it again, empty, on the same port; kills it before if it still runs. */
    public void restart() {
        kill();
        launch();
    }

    private void launch() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    /** Kills it at once, as {@code kill -9} does: nobody is told, the kernel closes its sockets. */
    public void kill() {
        destroy();
        process = null;
    }

    /** Stops it where it is, as {@code kill -STOP} does; the sockets stay open. {@link #kill} works meanwhile. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder(
                            "kill", signal, Long.toString(running().pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + signal + ": exit code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("redis-server does not run (expected: started)");
        }
        return running;
    }

    /** Kills it and gives the port back; closing again does nothing. */
    @Override
    public void close() {
        kill();
        try {
            port.close();
            Files.deleteIfExists(log);
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook runs by itself.
        }
    }

    private void destroy() {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            running.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!running().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("redis-server did not start: " + command + "\n" + log());
            }
            pause();
        }
    }

    /** Any reply will do: it may ask for a password. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(port.address());
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The process tells nobody that it is ready: it must be asked again and again. */
    private void pause() {
        try {
            running().waitFor(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it has written to its log since it was last started. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
