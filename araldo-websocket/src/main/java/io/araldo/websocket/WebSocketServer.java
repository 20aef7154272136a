package io.araldo.websocket;

import io.araldo.EndpointException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server to which WebSocket clients, browsers above all, connect: a handle on an address, its files, its limits and its
 * sessions. Its {@linkplain #endpoint endpoints} are what routes name; they share the port. Used by one relay at a time.
 *
 * <p>The port is bound when the first of its endpoints is opened, and free again when the last is closed; then it can be
 * opened again. A server {@linkplain WebSocketServerBuilder#in in a host's container} has no port of its own. All methods
 * may be called from any thread, and none blocks but {@link #endpoint}, in a host's container.
 */
public final class WebSocketServer {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final ServerOptions options;
    private final @Nullable HostContainer host;
    private final Writers writers;

    /** Written under this. */
    private final ServerPaths paths = new ServerPaths();

    /** Not null while an endpoint is open; written under this. */
    private volatile @Nullable Bound bound;

    /** Complete when what was bound last is released; guarded by this. */
    private CompletableFuture<Void> released = CompletableFuture.completedFuture(null);

    /** @param host whose container takes the connections; {@code null} for a port of our own */
    WebSocketServer(ServerOptions options, @Nullable HostContainer host) {
        this.options = options;
        this.host = host;
        this.writers = new Writers(new OutboundBudget(options.outboundTotalBytes()));
    }

    /** Options for a server; all have defaults. */
    public static WebSocketServerBuilder builder() {
        return new WebSocketServerBuilder();
    }

    /**
     * A path that clients connect to. In a host's container it is deployed here, once and for good, whatever becomes of
     * the endpoint: call this while the container takes paths. While no relay has it open, sessions are closed with 1013.
     *
     * @param name of the endpoint, unique in its relay
     * @param path such as {@code /chat}: letters, digits, {@code . _ ~ -}, compared exactly; one segment may be a variable
     *     such as {@code {room}}, of which each value is a room. A path without a variable goes before one with
     * @throws IllegalArgumentException that names all mistakes
     * @throws EndpointException if the host's container does not take the path
     */
    public WebSocketServerEndpoint endpoint(String name, String path) {
        Problems problems = new Problems();
        problems.expect(
                NAME.matcher(name).matches(),
                "endpoint name",
                name,
                "1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit");
        PathTemplate template = PathTemplate.parse(path);
        problems.expect(
                template != null,
                "path",
                path,
                "such as /chat or /room/{room}: letters, digits, '.', '_', '~', '-', and one variable at most");
        problems.report();
        if (host != null) {
            host.deploy(path);
        }
        return WebSocketServerEndpoint.of(this, name, Objects.requireNonNull(template));
    }

    /**
     * The port that is bound: with port 0, the one that was found.
     *
     * @throws IllegalStateException if none is, since no endpoint is open, or the server is in a host's container
     */
    public int port() {
        Bound now = bound;
        if (now == null) {
            throw new IllegalStateException("port of " + this + ": not bound (expected: a relay that is started)");
        }
        return now.port();
    }

    /** Those that are connected at this moment, to any endpoint: a copy. */
    public List<ClientSession> sessions() {
        List<ClientSession> sessions = new ArrayList<>();
        paths.all().forEach(path -> sessions.addAll(path.link().sessions()));
        return List.copyOf(sessions);
    }

    /** How many are connected at this moment. */
    public int sessionCount() {
        return paths.all().stream()
                .mapToInt(path -> path.link().sessions().size())
                .sum();
    }

    /** Whether the container of a host takes the connections. */
    boolean isHosted() {
        return host != null;
    }

    ServerOptions options() {
        return options;
    }

    Writers writers() {
        return writers;
    }

    /**
     * Adds a link, and binds the port if it is the first. Blocks for as long as that takes.
     *
     * @throws EndpointException if that is not possible; nothing has changed then
     */
    synchronized void attach(ServerLink link) {
        paths.all().forEach(path -> checkTogether(link, path.link()));
        released.join();
        Bound now = bound;
        if (now == null) {
            now = bind(link);
            bound = now;
            writers.use(now.writers());
        }
        link.listensAt(now.address(link.path().shown()));
        paths.add(now.path(link));
    }

    /** The classes behind each are only loaded if they are needed. */
    private Bound bind(ServerLink first) {
        try {
            return host == null ? BoundServer.open(options, paths) : HostedServer.open(options, paths, host);
        } catch (EndpointException e) {
            throw new EndpointException("endpoint '" + first.name() + "': " + e.getMessage(), e);
        }
    }

    private void checkTogether(ServerLink link, ServerLink other) {
        if (other.path().collidesWith(link.path())) {
            throw new EndpointException("endpoints '" + other.name() + "' and '" + link.name() + "' have one path, "
                    + link.path().text()
                    + ", of one server (expected: one endpoint for each path; use the same endpoint in"
                    + " both routes)");
        }
        if (!other.relay().equals(link.relay())) {
            throw new EndpointException("the server of endpoint '" + link.name() + "' is in use by relay '"
                    + other.relay() + "' (expected: one relay at a time; build a server for each)");
        }
    }

    /** Takes a link away, and frees the port after the last; complete when that is done. */
    synchronized CompletableFuture<Void> detach(ServerLink link) {
        paths.remove(link);
        Bound now = bound;
        if (now != null && paths.isEmpty()) {
            bound = null;
            released = now.release();
            return released;
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public String toString() {
        return "WebSocketServer["
                + (host == null ? options.scheme() + "://" + options.hostInUri() + ":" + options.port() : "in " + host)
                + "]";
    }
}
