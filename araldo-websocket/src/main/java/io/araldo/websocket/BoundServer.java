package io.araldo.websocket;

import io.araldo.EndpointException;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is while a port of our own is bound: it is made whole, and released whole. */
final class BoundServer implements Bound {
    private static final Logger log = LoggerFactory.getLogger(BoundServer.class);
    private static final Duration DEADLINE_CHECK = Duration.ofMillis(250);

    private final ServerOptions options;
    private final GrizzlyTransport transport;
    private final ServerThreads threads;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor disk;
    private final ThreadPoolExecutor writers;
    private final ThreadPoolExecutor askers;

    private BoundServer(ServerOptions options, GrizzlyTransport transport) {
        this.options = options;
        this.transport = transport;
        this.threads = new ServerThreads(transport.port());
        this.timer = threads.timer();
        this.disk = threads.disk();
        this.writers = threads.writers();
        this.askers = threads.askers();
    }

    /**
     * Binds the port and accepts connections.
     *
     * @param paths what is there to connect to, now and later
     * @throws EndpointException if that is not possible; nothing stays open then
     */
    static BoundServer open(ServerOptions options, ServerPaths paths) {
        BoundServer server = new BoundServer(options, GrizzlyTransport.bind(options));
        try {
            server.start(paths);
            return server;
        } catch (IOException e) {
            server.stop();
            throw BindFailure.of(options, e);
        }
    }

    private void start(ServerPaths paths) throws IOException {
        Connections connections = new Connections(Math.max(1_024, options.maxSessions()));
        UpgradeFilter upgrades = new UpgradeFilter(
                new HandshakeRules(new OriginRule(options.allowedOrigins(), options.isLocal())),
                new Reception(options, askers, timer),
                new Admission(options.maxSessions(), options.maxSessionsPerAddress()),
                paths,
                connections,
                new HttpFiles(new StaticFiles(options.files()), disk));
        transport.start(threads.numbered("io"), connections, upgrades, options.tls());
        every(DEADLINE_CHECK, () -> connections.checkDeadlines(System.nanoTime()));
        Keepalive keepalive = new Keepalive(options, paths.all());
        every(keepalive.period(), keepalive);
    }

    private void every(Duration period, Runnable task) {
        timer.scheduleWithFixedDelay(task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int port() {
        return transport.port();
    }

    @Override
    public URI address(String path) {
        return URI.create(options.scheme() + "://" + options.hostInUri() + ":" + port() + path);
    }

    @Override
    public Executor writers() {
        return writers;
    }

    @Override
    public ServerPath path(ServerLink link) {
        try {
            return new ServerPath(link, new TyrusContainer(link.path().text(), timer), timer);
        } catch (DeploymentException e) {
            throw new EndpointException("cannot serve " + link.path().text() + ": " + e.getMessage(), e);
        }
    }

    /** On the timer's thread, which is the last to go. */
    @Override
    public CompletableFuture<Void> release() {
        return CompletableFuture.runAsync(this::stop, timer);
    }

    private void stop() {
        try {
            transport.stop();
        } catch (IOException e) {
            log.warn("Closing port {} failed: {}", transport.port(), e.toString());
        }
        disk.shutdownNow();
        writers.shutdownNow();
        askers.shutdownNow();
        timer.shutdown();
        threads.join();
    }
}
