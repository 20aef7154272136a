package io.araldo.websocket;

import jakarta.websocket.server.ServerContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link WebSocketServer}. All have defaults, and all limits are on. Used by one thread; {@link #build}
 * reports all mistakes together.
 */
public final class WebSocketServerBuilder {
    private static final Pattern ORIGIN = Pattern.compile("null|https?://[^/?#\\s@]+");
    private static final Pattern MOUNT = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+/?");
    private static final int MIB = 1 << 20;

    /** A handshake that waits for longer is cut: see {@link Arrival}. */
    private static final Duration LONGEST_AUTHENTICATION = Duration.ofSeconds(20);

    private final List<FileMount> files = new ArrayList<>();
    private final List<String> mounts = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final Set<String> allowedOrigins = new LinkedHashSet<>();
    private String host = "127.0.0.1";
    private int port;
    private int maxMessageBytes = MIB;
    private int maxSessions = 10_000;
    private int maxSessionsPerAddress = 1_000;
    private int outboundMessages = 4_096;
    private long outboundBytes = 16 * MIB;
    private long outboundTotalBytes = shareOf(Runtime.getRuntime().maxMemory());
    private SlowSession slowSession = SlowSession.DISCONNECT;
    private Duration stallTimeout = Duration.ofSeconds(10);
    private Duration pingInterval = Duration.ofSeconds(20);
    private Duration pongTimeout = Duration.ofSeconds(10);
    private @Nullable SSLContext tls;
    private @Nullable Authenticator authenticator;
    private Duration authenticationTimeout = Duration.ofSeconds(5);

    /** The options that were set and are about a port of its own. */
    private final Set<String> ofOwnPort = new LinkedHashSet<>();

    WebSocketServerBuilder() {}

    /**
     * What may wait for all sessions together where nobody has said it. An eighth, since a message of a mebibyte takes up
     * twice as much of the heap that G1 collects, and since routes hold as much again.
     */
    static long shareOf(long heapBytes) {
        return Math.min(256 * MIB, heapBytes / 8);
    }

    /**
     * The address to listen on; at first {@code 127.0.0.1}, which only this machine reaches. {@code 0.0.0.0} listens on
     * all.
     */
    public WebSocketServerBuilder host(String host) {
        this.host = host;
        ofOwnPort.add("host");
        return this;
    }

    /** The port; at first 0: any free one, see {@link WebSocketServer#port}. */
    public WebSocketServerBuilder port(int port) {
        this.port = port;
        ofOwnPort.add("port");
        return this;
    }

    /**
     * Serves the files of a folder, and of those below it, on the same port: to {@code GET} and {@code HEAD}, with
     * {@code index.html} for a folder. Nothing outside the folder is served, not by {@code ..} and not by a link.
     *
     * @param urlPath where they appear, such as {@code /} or {@code /static}
     */
    public WebSocketServerBuilder files(String urlPath, Path folder) {
        folders.add(folder);
        ofOwnPort.add("files");
        return mount(urlPath, FileSource.folder(folder));
    }

    /**
     * Serves resources of the class path on the same port, as {@link #files} does.
     *
     * @param urlPath where they appear
     * @param anchor a class beside which they are looked for. In a named module, {@code base} must not look like a
     *     package (use a hyphen), or the package must be opened: the module system hides the resources of packages
     * @param base the folder, from the root of the class path: {@code web-chat}
     */
    public WebSocketServerBuilder resources(String urlPath, Class<?> anchor, String base) {
        ofOwnPort.add("resources");
        return mount(urlPath, FileSource.resources(anchor, base));
    }

    private WebSocketServerBuilder mount(String urlPath, FileSource source) {
        mounts.add(urlPath);
        files.add(new FileMount(urlPath.endsWith("/") ? urlPath : urlPath + "/", source));
        return this;
    }

    /**
     * The web pages that may connect, by their origin ({@code https://chat.example.org}), compared exactly; this
     * replaces the default rule, which is that a page may connect to the server that it came from; to a server that
     * listens on the loopback address only under a name of this machine, such as {@code localhost}. Needed behind a
     * proxy. A client that sends no origin is no browser, and is let in by both rules.
     */
    public WebSocketServerBuilder allowedOrigins(String... origins) {
        allowedOrigins.addAll(List.of(origins));
        return this;
    }

    /** The largest message that a client may send, in bytes, its fragments summed; at first 1 MiB. Beyond: 1009. */
    public WebSocketServerBuilder maxMessageBytes(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
        return this;
    }

    /** How many sessions there may be; at first 10,000. Beyond, a handshake is answered with 503. */
    public WebSocketServerBuilder maxSessions(int maxSessions) {
        this.maxSessions = maxSessions;
        return this;
    }

    /**
     * How many sessions may come from one IP address; at first 1,000. Beyond, a handshake is answered with 503. Behind a
     * proxy all clients have the address of the proxy: raise it to {@link #maxSessions}.
     */
    public WebSocketServerBuilder maxSessionsPerAddress(int maxSessionsPerAddress) {
        this.maxSessionsPerAddress = maxSessionsPerAddress;
        ofOwnPort.add("maxSessionsPerAddress");
        return this;
    }

    /**
     * How many messages a session may be behind the fastest of its path; at first 4,096. What happens to one that is
     * further behind says {@link #slowSession}; what it missed is counted. Nobody waits for the slow: a route is held
     * back at the pace of the fastest session.
     */
    public WebSocketServerBuilder outboundMessages(int outboundMessages) {
        this.outboundMessages = outboundMessages;
        return this;
    }

    /**
     * How many bytes a session may be behind the fastest of its path, and how many may wait for the fastest; at first
     * 16 MiB; see {@link #outboundMessages}. Beyond, a message is dropped as {@code OVERFLOW}; a single one is taken
     * whatever its size when nothing else waits.
     */
    public WebSocketServerBuilder outboundBytes(long outboundBytes) {
        this.outboundBytes = outboundBytes;
        return this;
    }

    /**
     * How many bytes may wait for all sessions of all paths together, each message counted once however many sessions it
     * is for; at first an eighth of what the heap may grow to ({@code -Xmx}), and 256 MiB at most. Beyond, the path that is
     * sent to gives up what only slow sessions have not got. Messages for a session, a principal or a group do not count
     * there, but may take as much again: a session that has as much of it as is free is too slow.
     */
    public WebSocketServerBuilder outboundTotalBytes(long outboundTotalBytes) {
        this.outboundTotalBytes = outboundTotalBytes;
        return this;
    }

    /** What happens to a session that is too far behind; at first {@link SlowSession#DISCONNECT}. */
    public WebSocketServerBuilder slowSession(SlowSession slowSession) {
        this.slowSession = slowSession;
        return this;
    }

    /**
     * A session whose connection takes nothing for so long while something is being written to it is closed with 1013,
     * and its connection is cut 1 s later; at first 10 s. A client that reads slowly stays, if it reads: what its operating
     * system and ours hold takes more when a good part of it is read. In a host's container, which does not tell how
     * much of a message has gone out, it is for how long one write may take, of one message or of 64 KiB.
     */
    public WebSocketServerBuilder stallTimeout(Duration stallTimeout) {
        this.stallTimeout = stallTimeout;
        return this;
    }

    /** A session from which nothing came for so long is sent a ping; at first 20 s. */
    public WebSocketServerBuilder pingInterval(Duration pingInterval) {
        this.pingInterval = pingInterval;
        return this;
    }

    /** A session from which nothing comes for so long after a ping is ended; at first 10 s. */
    public WebSocketServerBuilder pongTimeout(Duration pongTimeout) {
        this.pongTimeout = pongTimeout;
        return this;
    }

    /** Listens with TLS ({@code wss}, {@code https}); at first without. The context holds certificate and key. */
    public WebSocketServerBuilder tls(SSLContext tls) {
        this.tls = tls;
        ofOwnPort.add("tls");
        return this;
    }

    /**
     * Says who each client is, and who is not let in; at first everybody is, and is nobody. What it finds is the {@linkplain
     * ClientSession#principal principal} and the {@linkplain ClientSession#groups groups} of the session. It may block: it
     * is called by threads of its own. In a host's container it is called on the host's thread, and what it says goes
     * before what the host knows.
     */
    public WebSocketServerBuilder authenticator(Authenticator authenticator) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        return this;
    }

    /**
     * How long a handshake may wait for the {@link #authenticator}, and for its turn to ask it; at first 5 s, 20 s at most.
     * Then it is answered with 503.
     */
    public WebSocketServerBuilder authenticationTimeout(Duration authenticationTimeout) {
        this.authenticationTimeout = authenticationTimeout;
        ofOwnPort.add("authenticationTimeout");
        return this;
    }

    /**
     * The server. Nothing is opened: the port is bound with the first link of one of its endpoints.
     *
     * @throws IllegalArgumentException that names all mistakes
     */
    public WebSocketServer build() {
        return new WebSocketServer(options(new Problems()), null);
    }

    /**
     * The server, in the container of a host (Tomcat, Jetty, Undertow, Spring Boot …) instead of on a port of its own:
     * {@link WebSocketServer#endpoint} deploys there, and what is said of address, files and TLS is the host's affair, as
     * is who may have how many connections from one address. Neither Tyrus nor Grizzly is needed. What the API of
     * containers does not have is missing: a session cannot be held back, so {@link
     * WebSocketServerEndpoint#canWait} is {@code false}; nobody's address is known, nor the host's own, so name the {@link
     * #allowedOrigins} of a host that only this machine reaches; a session beyond a limit is accepted and closed (1013,
     * or 1008 for its origin); a client may be told that it is connected shortly before it gets what is sent.
     *
     * @param container of the servlet context's attribute {@code jakarta.websocket.server.ServerContainer}, mostly
     * @throws IllegalArgumentException that names all mistakes
     */
    public WebSocketServer in(ServerContainer container) {
        Problems problems = new Problems();
        problems.expect(container != null, "container", container, "the one of the host: is its WebSocket part there?");
        for (String option : ofOwnPort) {
            problems.expect(false, option, "set", "not set; in a host's container that is the host's affair");
        }
        ServerOptions options = options(problems);
        return new WebSocketServer(options, new HostContainer(container, options));
    }

    private ServerOptions options(Problems problems) {
        checkAddress(problems);
        checkLimits(problems);
        checkContent(problems);
        problems.report();
        return new ServerOptions(
                host,
                port,
                List.copyOf(files),
                Set.copyOf(allowedOrigins),
                maxMessageBytes,
                maxSessions,
                maxSessionsPerAddress,
                outboundMessages,
                outboundBytes,
                outboundTotalBytes,
                slowSession,
                stallTimeout,
                pingInterval,
                pongTimeout,
                tls,
                authenticator,
                authenticationTimeout);
    }

    private void checkAddress(Problems problems) {
        problems.expect(host != null && !host.isBlank(), "host", host, "an address or name of this machine");
        problems.expect(port >= 0 && port <= 65_535, "port", port, "0 to 65535; 0 is any free one");
    }

    private void checkLimits(Problems problems) {
        problems.expectPositive("maxMessageBytes", maxMessageBytes);
        problems.expectPositive("maxSessions", maxSessions);
        problems.expectPositive("maxSessionsPerAddress", maxSessionsPerAddress);
        problems.expectPositive("outboundMessages", outboundMessages);
        problems.expectPositive("outboundBytes", outboundBytes);
        problems.expectPositive("outboundTotalBytes", outboundTotalBytes);
        problems.expect(slowSession != null, "slowSession", slowSession, "DROP_OLDEST or DISCONNECT");
        problems.expectPositive("stallTimeout", stallTimeout);
        problems.expectPositive("pingInterval", pingInterval);
        problems.expectPositive("pongTimeout", pongTimeout);
        problems.expect(
                authenticationTimeout != null
                        && authenticationTimeout.compareTo(Duration.ZERO) > 0
                        && authenticationTimeout.compareTo(LONGEST_AUTHENTICATION) <= 0,
                "authenticationTimeout",
                authenticationTimeout,
                "> 0, and 20 s at most");
    }

    private void checkContent(Problems problems) {
        for (String mount : mounts) {
            problems.expect(MOUNT.matcher(mount).matches(), "url path of files", mount, "such as / or /static");
        }
        for (Path folder : folders) {
            problems.expect(Files.isDirectory(folder), "folder of files", folder, "a folder that exists");
        }
        for (String origin : allowedOrigins) {
            problems.expect(
                    ORIGIN.matcher(origin).matches(), "allowedOrigins", origin, "such as https://chat.example.org");
        }
    }
}
