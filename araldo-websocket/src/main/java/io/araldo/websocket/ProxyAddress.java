package io.araldo.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on the way to a server: a value.
 *
 * @param credentials what the proxy is told of us: {@code user:password}; {@code null} for nothing
 */
record ProxyAddress(String host, int port, @Nullable String credentials) {
    /** The value of an Authorization header (RFC 7617). */
    static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "http://" + host + ":" + port;
    }
}
