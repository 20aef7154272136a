package io.araldo.websocket;

import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.LinkContext;
import io.araldo.LinkContext.Lease;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.ssl.SSLFilter;
import org.glassfish.tyrus.spi.ClientEngine;
import org.jspecify.annotations.Nullable;

/**
 * One try to connect: TCP, the proxy's tunnel, TLS, and the handshake, 5 s for all of them. It ends once, with a link or
 * with the reason why there is none, and nothing stays open then. But for {@link #connect} and the deadline, all happens
 * on the I/O thread of the connection.
 */
final class ClientAttempt {
    static final long LIMIT_MILLIS = 5_000;

    private final ClientOptions options;
    private final Inbox inbox;
    private final LinkContext context;
    private final Lease<ClientTransport> transport;

    /** Whether the end is decided; the first who finds this false decides. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private final AtomicReference<@Nullable EndpointException> failure = new AtomicReference<>();

    /** Of the thread in {@link #begin}, before all others. */
    private volatile @Nullable ClientEngine engine;

    private volatile @Nullable Future<?> connecting;

    /** Set when there is a TCP connection. */
    private volatile @Nullable Connection<?> connected;

    /** Of the I/O thread, and of the thread in {@link #connect} when the handshake is done. */
    private volatile @Nullable ClientLink link;

    private ClientAttempt(ClientOptions options, Inbox inbox, LinkContext context, Lease<ClientTransport> transport) {
        this.options = options;
        this.inbox = inbox;
        this.context = context;
        this.transport = transport;
    }

    /**
     * Connects; blocks until there is a link.
     *
     * @throws EndpointException that says why there is none
     */
    static ClientLink connect(ClientOptions options, Inbox inbox, LinkContext context) {
        ClientAttempt attempt = new ClientAttempt(options, inbox, context, ClientTransport.lease(context));
        try {
            return attempt.run();
        } catch (RuntimeException e) {
            attempt.abandon();
            throw e;
        }
    }

    private ClientLink run() {
        Future<?> deadline = context.timer()
                .schedule(
                        () -> failed(new TimeoutException("no answer within " + LIMIT_MILLIS + " ms")),
                        LIMIT_MILLIS,
                        TimeUnit.MILLISECONDS);
        try {
            TyrusClient.connect(this);
            ClientLink opened = link;
            if (opened != null) {
                opened.begin();
                return opened;
            }
            throw failure(new IOException("the handshake has no result"));
        } catch (DeploymentException | IOException e) {
            throw failure(e);
        } finally {
            deadline.cancel(false);
        }
    }

    private EndpointException failure(Exception cause) {
        Throwable inner = cause instanceof DeploymentException && cause.getCause() != null ? cause.getCause() : cause;
        failed(inner);
        EndpointException first = failure.get();
        return first == null ? ConnectFailure.of(options, inner) : first;
    }

    ClientOptions options() {
        return options;
    }

    /** Begins; called by Tyrus on the thread that waits. */
    void begin(ClientEngine tyrus) {
        engine = tyrus;
        ProxyAddress proxy = options.proxy();
        String host = proxy == null ? options.host() : proxy.host();
        InetSocketAddress address = new InetSocketAddress(host, proxy == null ? options.port() : proxy.port());
        if (address.isUnresolved()) {
            failed(new UnknownHostException(host));
            return;
        }
        List<Filter> filters = new ArrayList<>();
        SSLFilter tls = options.isSecure() ? ClientTls.filter(options) : null;
        ClientFilter top = new ClientFilter(this, tls);
        if (proxy != null) {
            filters.add(new ProxyTunnel(this, proxy, top));
        }
        if (tls != null) {
            filters.add(tls);
        }
        filters.add(top);
        connecting = transport.get().connect(address, filters, new Connecting());
        if (failure.get() != null) {
            end();
        }
    }

    /** Told how the TCP connection came out. */
    @SuppressWarnings("rawtypes")
    private final class Connecting extends EmptyCompletionHandler<Connection> {
        @Override
        public void completed(Connection connection) {
            connected = connection;
            if (failure.get() != null) {
                end();
            }
        }

        @Override
        public void failed(Throwable error) {
            ClientAttempt.this.failed(error);
        }
    }

    /** The way to the server is open, and private if it must be: asks to become a WebSocket. */
    void request(Connection<?> connection) {
        ByteBuffer request = TyrusClient.request(options, tyrus());
        connection.write(Buffers.wrap(connection.getMemoryManager(), request));
    }

    /**
     * The server agrees: makes the link.
     *
     * @return the connection, which takes all bytes from here on; {@code null} if it is too late, or the answer is bad
     */
    @Nullable
    PeerConnection upgrade(Connection<?> connection, HttpHead answer) {
        if (!decided.compareAndSet(false, true)) {
            return null;
        }
        ClientLink opened = new ClientLink(options, inbox, context, transport, new GrizzlyWire(connection));
        link = opened;
        if (TyrusClient.open(tyrus(), answer, opened.connection())) {
            return opened.connection();
        }
        link = null;
        return null;
    }

    private ClientEngine tyrus() {
        ClientEngine known = engine;
        if (known == null) {
            throw new IllegalStateException("no engine (expected: begin() before any event)");
        }
        return known;
    }

    /** Where what Tyrus has to say goes; there is one as soon as it has. */
    TyrusPeer peer() {
        ClientLink opened = link;
        if (opened == null) {
            throw new IllegalStateException("no link (expected: an answer before the session opens)");
        }
        return opened.connection();
    }

    /** There will be no link, for this reason, unless it was decided before. */
    void failed(Throwable cause) {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        EndpointException reason = ConnectFailure.of(options, cause);
        failure.set(reason);
        ClientEngine known = engine;
        if (known != null) {
            known.processError(reason);
        }
        end();
    }

    /** A relay that is closing takes away its timer, or interrupts, at any moment; even an open link is nobody's then. */
    private void abandon() {
        decided.set(true);
        end();
        ClientTransport.giveBack(context.relay(), transport, new CompletableFuture<>());
    }

    /** Leaves nothing open. */
    private void end() {
        Future<?> running = connecting;
        if (running != null) {
            running.cancel(true);
        }
        Connection<?> open = connected;
        if (open != null) {
            open.terminateSilently();
        }
    }
}
