package io.araldo.websocket;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a client says when it wants to open a session, for an {@link Authenticator}: an immutable value, and all of it the
 * client's claim but for the address.
 *
 * @param path of the request, not decoded, without the query; in a host's container with the host's context
 * @param query what stands behind the question mark, not decoded; empty if there is none
 * @param headers by name in lower case; a header that was sent twice has two values
 * @param remoteAddress the IP address of the client, or of the proxy in front; {@code unknown} in a host's container
 */
public record ClientHandshake(String path, String query, Map<String, List<String>> headers, String remoteAddress) {
    /** A handshake; names of headers are brought to lower case. */
    public ClientHandshake {
        Map<String, List<String>> copy = new TreeMap<>();
        headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = Map.copyOf(copy);
    }

    /** The first value of a header, whose name may be in any case. */
    public Optional<String> header(String name) {
        return values(name).findFirst();
    }

    /** The value of the first cookie of that name (RFC 6265 section 4.2.1), without quotes around it. */
    public Optional<String> cookie(String name) {
        return values("Cookie")
                .flatMap(header -> Stream.of(header.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> unquoted(pair.substring(name.length() + 1)))
                .findFirst();
    }

    /** The first value of a parameter of the query, decoded; nothing if it cannot be decoded. */
    public Optional<String> parameter(String name) {
        return Stream.of(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decoded(pair[0]).filter(name::equals).isPresent())
                .findFirst()
                .flatMap(pair -> decoded(pair.length == 2 ? pair[1] : ""));
    }

    private Stream<String> values(String header) {
        return headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of()).stream();
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without query and headers, where secrets stand. */
    @Override
    public String toString() {
        return "ClientHandshake[" + path + " from " + remoteAddress + "]";
    }
}
