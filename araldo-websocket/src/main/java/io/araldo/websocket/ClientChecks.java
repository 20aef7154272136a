package io.araldo.websocket;

import io.araldo.Marshaller;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The mistakes in the options of a {@link WebSocketClientBuilder}, none of which shows a value that may be a secret: a
 * malformed URI may have its password anywhere. Used by one thread.
 */
final class ClientChecks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** A token of RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\x80-\\xff\\t]*");
    private static final Set<String> OURS =
            Set.of("host", "connection", "upgrade", "content-length", "transfer-encoding");

    private static final String A_URI = "such as ws://host:port/path or wss://host/path";
    private static final String A_PROXY = "such as http://host:port";

    private final Problems problems = new Problems();

    void name(String name) {
        problems.expect(
                name != null && NAME.matcher(name).matches(),
                "endpoint name",
                name,
                "1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit");
    }

    @Nullable
    URI uri(@Nullable String text) {
        URI uri = parsed("uri", text, A_URI);
        if (uri == null) {
            return null;
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        problems.expect(scheme.equals("ws") || scheme.equals("wss"), "scheme of uri", uri.getScheme(), "ws or wss");
        problems.expect(uri.getRawFragment() == null, "fragment of uri", "#…", "none");
        Authority authority = authority("uri", uri, A_URI);
        if (authority != null) {
            int port = authority.port();
            problems.expect(port <= 65_535 && port != 0, "port of uri", port, "1 to 65535");
            if (scheme.equals("wss") && uri.getHost() == null && !isInCertificates(authority.host())) {
                problems.found(
                        "host of uri",
                        "has a name that TLS cannot check a certificate for",
                        "one of letters, digits, '-' and '.' alone, or ws://");
            }
        }
        return uri;
    }

    private @Nullable Authority authority(String what, URI uri, String expected) {
        Authority authority = Authority.of(uri);
        if (authority == null) {
            problems.found("host of " + what, "is missing, or its port is no number", expected);
        }
        return authority;
    }

    /** Whether the JDK believes that a certificate may be for this name; others it refuses in the handshake. */
    private static boolean isInCertificates(String host) {
        try {
            return !new SNIHostName(host).getAsciiName().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Nullable
    ProxyAddress proxy(@Nullable String text) {
        URI uri = text == null ? null : parsed("proxy", text, A_PROXY);
        if (uri == null) {
            return null;
        }
        problems.expect("http".equalsIgnoreCase(uri.getScheme()), "scheme of proxy", uri.getScheme(), "http");
        Authority authority = authority("proxy", uri, A_PROXY);
        if (authority == null) {
            return null;
        }
        int port = authority.port();
        problems.expect(port > 0 && port <= 65_535, "port of proxy", port, "1 to 65535");
        return new ProxyAddress(authority.host(), port, authority.login());
    }

    private @Nullable URI parsed(String what, @Nullable String text, String expected) {
        try {
            if (text != null) {
                return new URI(text);
            }
            problems.expect(false, what, null, expected);
        } catch (URISyntaxException e) {
            problems.expect(false, what, e.getReason() + " at index " + e.getIndex(), expected);
        }
        return null;
    }

    void headers(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            problems.expect(TOKEN.matcher(name).matches(), "header", name, "a header name");
            String lower = name.toLowerCase(Locale.ROOT);
            problems.expect(
                    !OURS.contains(lower) && !lower.startsWith("sec-websocket-"),
                    "header",
                    name,
                    "none of those that make the handshake");
            problems.expect(
                    value != null && VALUE.matcher(value).matches(),
                    "value of header " + name,
                    "…",
                    "one line of Latin-1 characters");
        });
    }

    void subprotocols(List<String> names) {
        for (String name : names) {
            problems.expect(TOKEN.matcher(name).matches(), "subprotocol", name, "a name such as v1.chat");
        }
    }

    void limits(int maxMessageBytes, int outboundMessages, long outboundBytes) {
        problems.expectPositive("maxMessageBytes", maxMessageBytes);
        problems.expectPositive("outboundMessages", outboundMessages);
        problems.expectPositive("outboundBytes", outboundBytes);
    }

    void times(Duration pingInterval, Duration pongTimeout) {
        problems.expectPositive("pingInterval", pingInterval);
        problems.expectPositive("pongTimeout", pongTimeout);
    }

    void tls(@Nullable URI uri, @Nullable SSLContext tls) {
        boolean isPlain = uri != null && "ws".equalsIgnoreCase(uri.getScheme());
        problems.expect(tls == null || !isPlain, "tls", "given", "none with ws://; use wss://");
    }

    void marshaller(@Nullable Marshaller marshaller) {
        problems.expect(marshaller != null, "marshaller", null, "such as Marshaller.raw()");
    }

    /**
     * What was checked, if there was no mistake, without user and password.
     *
     * @throws IllegalArgumentException that names all mistakes
     */
    URI reported(@Nullable URI uri) {
        problems.report();
        Authority authority = uri == null ? null : Authority.of(uri);
        if (uri == null || authority == null) {
            throw new IllegalArgumentException("uri: null (expected: " + A_URI + ")");
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(uri.getScheme() + "://" + authority.hostAndPort() + uri.getRawPath() + query);
    }
}
