package io.araldo.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;
import org.jspecify.annotations.Nullable;

/**
 * The filter above the HTTP codec: a request that asks to become a WebSocket becomes a session or is refused, and every
 * other request goes to {@link HttpFiles}. Runs on the I/O thread of the connection; for a handshake about which somebody
 * is asked, a second time when the answer is there.
 */
final class UpgradeFilter extends BaseFilter {
    private final HandshakeRules rules;
    private final Reception reception;
    private final Admission admission;
    private final ServerPaths paths;
    private final Connections connections;
    private final HttpFiles files;

    UpgradeFilter(
            HandshakeRules rules,
            Reception reception,
            Admission admission,
            ServerPaths paths,
            Connections connections,
            HttpFiles files) {
        this.rules = rules;
        this.reception = reception;
        this.admission = admission;
        this.paths = paths;
        this.connections = connections;
        this.files = files;
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) throws IOException {
        HttpContent content = ctx.getMessage();
        HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
        Arrival arrival = connections.arrivalOf(ctx.getConnection());
        if (arrival == null) {
            return ctx.getStopAction();
        }
        arrival.progressed();
        if ("websocket".equalsIgnoreCase(request.getUpgrade())) {
            return upgrade(ctx, content, handshakeOf(request));
        }
        if (paths.find(request.getRequestURI()) != null) {
            return HttpReply.refuse(ctx, request, new Refusal(426, "this is a WebSocket endpoint (expected: Upgrade)"));
        }
        return files.answer(ctx, request, arrival);
    }

    private NextAction upgrade(FilterChainContext ctx, HttpContent content, Handshake handshake) {
        HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
        ServerPaths.Match match = paths.find(handshake.path());
        if (match == null) {
            return HttpReply.refuse(ctx, request, new Refusal(404, "no WebSocket endpoint at this path"));
        }
        Refusal refusal = check(match.path(), handshake);
        if (refusal != null) {
            return HttpReply.refuse(ctx, request, refusal);
        }
        Verdict verdict = reception.verdictOn(ctx);
        refusal = verdict != null && verdict.refusal() != null
                ? verdict.refusal()
                : admission.enter(handshake.remoteAddress());
        if (refusal != null) {
            return HttpReply.refuse(ctx, request, refusal);
        }
        if (verdict == null) {
            return reception.suspend(
                    ctx,
                    handshake.asOfClient(request.getQueryString()),
                    () -> admission.leave(handshake.remoteAddress()));
        }
        TyrusContainer.Upgrade upgrade = match.path().tyrus().new Upgrade(handshake);
        if (!upgrade.isAgreed()) {
            admission.leave(handshake.remoteAddress());
            return HttpReply.refuse(ctx, request, new Refusal(400, "not a WebSocket handshake"));
        }
        return open(ctx, content, handshake, match, upgrade, verdict.identity());
    }

    /** What is known without asking anybody: nothing, if all is in order. */
    private @Nullable Refusal check(ServerPath path, Handshake handshake) {
        Refusal refusal = rules.check(handshake);
        return refusal == null && path.link().isClosing() ? new Refusal(503, "the endpoint is closing") : refusal;
    }

    /**
     * In this order: the session, which gets from here on what is sent to its path, since a client that has the answer
     * counts on it; the answer; and what the client sent without waiting for it.
     */
    private NextAction open(
            FilterChainContext ctx,
            HttpContent content,
            Handshake handshake,
            ServerPaths.Match match,
            TyrusContainer.Upgrade upgrade,
            @Nullable Identity identity) {
        Connection<?> connection = ctx.getConnection();
        ServerPath path = match.path();
        Session session = path.newSession(match.room(), new GrizzlyWire(connection), addressOf(connection), identity);
        ctx.write(Buffers.wrap(connection.getMemoryManager(), head(upgrade.headers())));
        org.glassfish.tyrus.spi.Connection tyrus = upgrade.open(session);
        session.begin(tyrus.getReadHandler()::handle, () -> {
            admission.leave(handshake.remoteAddress());
            TyrusContainer.close(tyrus);
        });
        connections.becomes(connection, session);
        session.opened();
        if (!connection.isOpen()) {
            session.connectionEnded();
            return ctx.getStopAction();
        }
        return Connections.read(session, content.getContent(), ctx);
    }

    private static String addressOf(Connection<?> connection) {
        if (connection.getPeerAddress() instanceof InetSocketAddress peer) {
            String ip = peer.getAddress().getHostAddress();
            return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + peer.getPort();
        }
        return "unknown";
    }

    private static Handshake handshakeOf(HttpRequestPacket request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : request.getHeaders().names()) {
            List<String> values = new ArrayList<>();
            request.getHeaders().values(name).forEach(values::add);
            headers.put(name.toLowerCase(Locale.ROOT), values);
        }
        return new Handshake(
                request.getMethod().getMethodString(),
                request.getProtocolString(),
                request.getRequestURI(),
                headers,
                request.getRemoteAddress());
    }

    private static byte[] head(Map<String, List<String>> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        headers.forEach((name, values) ->
                head.append(name).append(": ").append(String.join(", ", values)).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
