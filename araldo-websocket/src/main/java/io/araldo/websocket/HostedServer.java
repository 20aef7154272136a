package io.araldo.websocket;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What exists while endpoints are open in a host's container: no port, but threads, and the count of the sessions. */
final class HostedServer implements Bound {
    /** The API tells nobody's address. */
    static final String UNKNOWN = "unknown";

    private static final CloseCode NO_ROOM =
            new CloseCode(1008, "no such room (expected: 1 to 64 letters, digits, '.', '_', '~' or '-')");

    private final ServerOptions options;
    private final ServerPaths paths;
    private final HostContainer host;
    private final Admission admission;
    private final ServerThreads threads = new ServerThreads("araldo-ws-hosted-");
    private final ScheduledThreadPoolExecutor timer = threads.timer();
    private final ThreadPoolExecutor writers = threads.writers();
    private final ThreadPoolExecutor errands = threads.errands();

    private HostedServer(ServerOptions options, ServerPaths paths, HostContainer host) {
        this.options = options;
        this.paths = paths;
        this.host = host;
        this.admission = new Admission(options.maxSessions(), options.maxSessions());
    }

    /** Takes the sessions of a host's container from here on. */
    static HostedServer open(ServerOptions options, ServerPaths paths, HostContainer host) {
        HostedServer server = new HostedServer(options, paths, host);
        Keepalive keepalive = new Keepalive(options, paths.all());
        long period = keepalive.period().toNanos();
        server.timer.scheduleWithFixedDelay(keepalive, period, period, TimeUnit.NANOSECONDS);
        host.serve(server);
        return server;
    }

    /** A place for a session, or why there is none. */
    @Nullable
    CloseCode enter(String path, jakarta.websocket.Session theirs) {
        ServerPath open = paths.named(path);
        if (open == null) {
            return HostedEndpoint.NOT_OPEN;
        }
        if (open.link().isClosing()) {
            return CloseCode.GOING_AWAY;
        }
        if (roomOf(open, theirs) == null) {
            return NO_ROOM;
        }
        Refusal refusal = admission.enter(UNKNOWN);
        return refusal == null ? null : new CloseCode(1013, refusal.text());
    }

    /** Makes a session of one that has {@linkplain #enter entered}; {@code null} if its path was closed meanwhile. */
    @Nullable
    Session newSession(String path, jakarta.websocket.Session theirs, @Nullable Identity identity) {
        ServerPath open = paths.named(path);
        String room = open == null ? null : roomOf(open, theirs);
        if (open == null || room == null) {
            admission.leave(UNKNOWN);
            return null;
        }
        JakartaWire wire = new JakartaWire(theirs, errands, sendTimeout());
        Session session = open.newSession(room, wire, UNKNOWN, identity);
        session.begin(data -> {}, () -> admission.leave(UNKNOWN));
        wire.begin(session::connectionEnded);
        return session;
    }

    /** The value of the path's variable, as the host has decoded it; {@code null} if there is no such room. */
    private static @Nullable String roomOf(ServerPath path, jakarta.websocket.Session theirs) {
        String variable = path.link().path().variable();
        if (variable == null) {
            return PathTemplate.NO_VALUE;
        }
        String value = theirs.getPathParameters().get(variable);
        return value != null && PathTemplate.isValue(value) ? value : null;
    }

    /** Later than our own, which says why. */
    private Duration sendTimeout() {
        return options.stallTimeout().plus(Session.GRACE);
    }

    @Override
    public int port() {
        throw new IllegalStateException("port of a server in a host's container (expected: ask the host)");
    }

    /** The path: all that is known. */
    @Override
    public URI address(String path) {
        return URI.create(path);
    }

    @Override
    public Executor writers() {
        return writers;
    }

    @Override
    public ServerPath path(ServerLink link) {
        return new ServerPath(link, null, timer);
    }

    @Override
    public CompletableFuture<Void> release() {
        host.serve(null);
        return CompletableFuture.runAsync(this::stop, timer);
    }

    private void stop() {
        writers.shutdownNow();
        errands.shutdown();
        timer.shutdown();
        threads.join();
    }
}
