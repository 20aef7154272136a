package io.araldo.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to become a WebSocket (RFC 6455 section 4.1), as it came: a value.
 *
 * @param path as in the request line, without the query
 * @param headers by name in lower case; a header that was sent twice has two values
 * @param remoteAddress the IP address of the client
 */
record Handshake(String method, String protocol, String path, Map<String, List<String>> headers, String remoteAddress) {

    /** What an authenticator is told of it. */
    ClientHandshake asOfClient(@Nullable String query) {
        return new ClientHandshake(path, query == null ? "" : query, headers, remoteAddress);
    }

    List<String> values(String header) {
        return headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of());
    }

    /** The value of a header that may be sent once; {@code null} if it was not sent exactly once. */
    @Nullable
    String only(String header) {
        List<String> values = values(header);
        return values.size() == 1 ? values.get(0).trim() : null;
    }

    /** Whether one of the comma-separated tokens of the header is this one. */
    boolean hasToken(String header, String token) {
        for (String value : values(header)) {
            for (String part : value.split(",", -1)) {
                if (part.trim().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean hasBody() {
        String length = only("Content-Length");
        return !values("Transfer-Encoding").isEmpty()
                || (!values("Content-Length").isEmpty() && !"0".equals(length));
    }
}
