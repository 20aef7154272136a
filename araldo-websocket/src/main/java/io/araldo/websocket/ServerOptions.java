package io.araldo.websocket;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a {@link WebSocketServerBuilder} was told, checked: a value. See there for what each option means. */
record ServerOptions(
        String host,
        int port,
        List<FileMount> files,
        Set<String> allowedOrigins,
        int maxMessageBytes,
        int maxSessions,
        int maxSessionsPerAddress,
        int outboundMessages,
        long outboundBytes,
        long outboundTotalBytes,
        SlowSession slowSession,
        Duration stallTimeout,
        Duration pingInterval,
        Duration pongTimeout,
        @Nullable SSLContext tls,
        @Nullable Authenticator authenticator,
        Duration authenticationTimeout) {

    /** Whether only this machine can connect. */
    boolean isLocal() {
        return OriginRule.isLocal(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host);
    }

    String hostInUri() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    LogLimits logLimits() {
        return new LogLimits(outboundMessages, outboundBytes, slowSession);
    }

    String scheme() {
        return tls == null ? "ws" : "wss";
    }
}
