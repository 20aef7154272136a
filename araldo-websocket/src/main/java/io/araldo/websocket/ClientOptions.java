package io.araldo.websocket;

import io.araldo.EndpointException;
import io.araldo.Marshaller;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link WebSocketClientBuilder} was told, checked: a value. See there for what each option means.
 *
 * @param uri with the query, which may be a secret, and without user and password, which are a header by now
 */
record ClientOptions(
        String name,
        URI uri,
        Map<String, String> headers,
        List<String> subprotocols,
        @Nullable SSLContext tls,
        @Nullable ProxyAddress proxy,
        int maxMessageBytes,
        int outboundMessages,
        long outboundBytes,
        Duration pingInterval,
        Duration pongTimeout,
        Marshaller marshaller,
        boolean echoes) {

    boolean isSecure() {
        return "wss".equalsIgnoreCase(uri.getScheme());
    }

    private Authority parts() {
        Authority parts = Authority.of(uri);
        if (parts == null) {
            throw new IllegalStateException("a URI without a host (expected: one that was checked)");
        }
        return parts;
    }

    /** Without the brackets of an IPv6 address. */
    String host() {
        String host = parts().host();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        int port = parts().port();
        return port >= 0 ? port : isSecure() ? 443 : 80;
    }

    /** As it stands in a Host header: the port only if it is not the usual one. */
    String authority() {
        return parts().hostAndPort();
    }

    /** Host and port in any case, as a proxy wants to know them. */
    String tunnel() {
        return parts().host() + ":" + port();
    }

    /** Path and query, as they were written. */
    String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** What may be shown to anybody: no user, no password, no query. */
    URI address() {
        return URI.create(uri.getScheme() + "://" + authority() + uri.getRawPath());
    }

    /** What comes back when it is written to, if it does; spelled alike for all ways to say "this machine". */
    Set<String> resources() {
        String name = parts().host().toLowerCase(Locale.ROOT);
        boolean isHere = name.equals("127.0.0.1") || name.equals("[::1]");
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return echoes
                ? Set.of((isSecure() ? "wss://" : "ws://") + (isHere ? "localhost" : name) + ":" + port() + path)
                : Set.of();
    }

    /** Says of this endpoint why it has no connection. */
    EndpointException problem(String what, String why, @Nullable Throwable cause) {
        return new EndpointException("endpoint '" + name + "' " + what + " " + address() + ": " + why, cause);
    }

    /** Headers and query may be secrets. */
    @Override
    public String toString() {
        return "ClientOptions[" + name + ", " + address() + "]";
    }
}
