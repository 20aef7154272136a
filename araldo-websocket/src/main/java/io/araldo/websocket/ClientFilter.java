package io.araldo.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.ssl.SSLFilter;
import org.jspecify.annotations.Nullable;

/**
 * The topmost filter of a client's connection: it asks for the upgrade, judges the answer, and then hands the bytes to
 * the {@link PeerConnection}, and suspends reading while that has no room. Of one connection, on its I/O thread.
 */
final class ClientFilter extends BaseFilter {
    private final ClientAttempt attempt;
    private final @Nullable SSLFilter tls;
    private final HttpHead answer = new HttpHead();
    private @Nullable PeerConnection peer;

    ClientFilter(ClientAttempt attempt, @Nullable SSLFilter tls) {
        this.attempt = attempt;
        this.tls = tls;
    }

    @Override
    public NextAction handleConnect(FilterChainContext ctx) throws IOException {
        begin(ctx.getConnection());
        return ctx.getStopAction();
    }

    /** The way to the server is open. */
    void begin(Connection<?> connection) throws IOException {
        if (tls == null) {
            attempt.request(connection);
        } else {
            tls.handshake(connection, new Secured(connection));
        }
    }

    /** Told how the TLS handshake came out. */
    private final class Secured extends EmptyCompletionHandler<SSLEngine> {
        private final Connection<?> connection;

        Secured(Connection<?> connection) {
            this.connection = connection;
        }

        @Override
        public void completed(SSLEngine engine) {
            attempt.request(connection);
        }

        @Override
        public void failed(Throwable error) {
            attempt.failed(new ConnectFailure.Tls(error));
        }
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) throws IOException {
        Buffer buffer = ctx.getMessage();
        ByteBuffer data = buffer.toByteBuffer();
        if (peer == null) {
            handshake(ctx.getConnection(), data);
        }
        PeerConnection open = peer;
        CompletableFuture<Void> room =
                open == null || !data.hasRemaining() ? CompletableFuture.completedFuture(null) : open.read(data);
        buffer.tryDispose();
        return open == null || room.isDone() ? ctx.getStopAction() : suspend(open, room, ctx);
    }

    private void handshake(Connection<?> connection, ByteBuffer data) {
        try {
            if (!answer.accept(data)) {
                return;
            }
            if (answer.status() == 101) {
                TyrusClient.check(attempt.options(), answer);
                peer = attempt.upgrade(connection, answer);
            } else {
                attempt.failed(new ConnectFailure.Refused(answer.status()));
            }
        } catch (IOException e) {
            attempt.failed(e);
        }
        if (peer == null) {
            connection.terminateSilently();
        }
    }

    /** Grizzly turns off the read interest until the context is resumed, on the connection's own thread. */
    private static NextAction suspend(PeerConnection open, CompletableFuture<Void> room, FilterChainContext ctx) {
        NextAction suspended = ctx.getSuspendAction();
        Connection<?> connection = ctx.getConnection();
        ctx.suspend();
        open.pause(
                room,
                () -> connection.executeInEventThread(IOEvent.READ, () -> {
                    if (connection.isOpen()) {
                        ctx.resume(ctx.getStopAction());
                    }
                }));
        return suspended;
    }

    @Override
    public NextAction handleClose(FilterChainContext ctx) throws IOException {
        PeerConnection open = peer;
        if (open == null) {
            attempt.failed(new EOFException("closed before it was open"));
        } else {
            open.connectionEnded();
        }
        return ctx.getInvokeAction();
    }
}
