package io.araldo.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is, and how to log in: a value made from the URI that the user wrote. It keeps the secrets to itself:
 * neither its text nor its errors show user information, nor anything else of a URI that is not understood, since a
 * password may be anywhere in it.
 */
final class RedisAddress {
    private static final String EXPECTED = " (expected: redis://[[user]:password@]host[:port][/database], or rediss://"
            + " for TLS, with special characters of user and password percent-encoded; it is not shown here, as it may"
            + " hold a password)";
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\[\\]@]+]|[^\\[\\]@:]+)(?::(\\d{1,5}))?");
    private static final Pattern DATABASE = Pattern.compile("/?|/\\d{1,6}");
    private static final Pattern VERIFY_PEER = Pattern.compile("verifyPeer=(NONE|CA|FULL)");
    private static final int MAX_PORT = 65_535;

    private final boolean isTls;
    private final String host;
    private final int port;
    private final int database;
    private final SslVerifyMode verification;
    private final @Nullable String user;
    private final @Nullable String password;

    private RedisAddress(URI uri) {
        this.isTls = scheme(uri).equals("rediss");
        Matcher hostAndPort = hostAndPort(uri);
        this.host = hostAndPort.group(1);
        this.port = port(hostAndPort.group(2));
        this.database = database(uri);
        this.verification = verification(uri);
        String login = login(uri);
        int colon = login.indexOf(':');
        this.user = colon > 0 ? decoded(login.substring(0, colon)) : null;
        this.password = login.length() > colon + 1 ? decoded(login.substring(colon + 1)) : null;
    }

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException if it is none of a Redis; the message begins with {@code uri:}
     */
    static RedisAddress parse(String uri) {
        try {
            return new RedisAddress(new URI(uri));
        } catch (URISyntaxException e) {
            throw refused(e.getReason().toLowerCase(Locale.ROOT) + " at position " + e.getIndex());
        }
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("uri: " + what + EXPECTED);
    }

    private static String scheme(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equals("redis") || scheme.equals("rediss"))) {
            throw refused("does not begin with redis:// or rediss://");
        }
        return scheme;
    }

    private static String authority(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw refused("has no host");
        }
        return authority;
    }

    /** What {@link URI#getHost} does not know, such as {@code my_redis}, is a good name in many container networks. */
    private static Matcher hostAndPort(URI uri) {
        String authority = authority(uri);
        Matcher matcher = HOST_AND_PORT.matcher(authority.substring(authority.lastIndexOf('@') + 1));
        if (!matcher.matches()) {
            throw refused("has no host, or a port that is not a number");
        }
        return matcher;
    }

    private static String login(URI uri) {
        String authority = authority(uri);
        return authority.substring(0, Math.max(0, authority.lastIndexOf('@')));
    }

    private static int port(@Nullable String digits) {
        int port = digits == null ? RedisURI.DEFAULT_REDIS_PORT : Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw refused("has a port that is not between 1 and " + MAX_PORT);
        }
        return port;
    }

    private static int database(URI uri) {
        String path = uri.getRawPath();
        if (!DATABASE.matcher(path).matches() || uri.getRawFragment() != null) {
            throw refused("has a path that is not the number of a database, or a '#'");
        }
        return path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0;
    }

    private static SslVerifyMode verification(URI uri) {
        String query = uri.getRawQuery();
        if (query == null) {
            return SslVerifyMode.FULL;
        }
        Matcher matcher = VERIFY_PEER.matcher(query);
        if (!matcher.matches()) {
            throw refused("has a query other than ?verifyPeer=NONE, CA or FULL");
        }
        return SslVerifyMode.valueOf(matcher.group(1));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("has a '%' in its user information that no two hexadecimal digits follow");
        }
    }

    String host() {
        return host;
    }

    /** For the client; holds the secrets. */
    RedisURI uri(String clientName, Duration timeout) {
        RedisURI.Builder builder = RedisURI.builder()
                .withHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .withPort(port)
                .withSsl(isTls)
                .withVerifyPeer(verification)
                .withDatabase(database)
                .withClientName(clientName)
                .withTimeout(timeout);
        if (user != null) {
            builder.withAuthentication(user, password == null ? "" : password);
        } else if (password != null) {
            builder.withPassword(password.toCharArray());
        }
        return builder.build();
    }

    /**
     * A channel as a resource that messages have been through. Spelled alike for all ways to say "this machine"; without
     * the database, which channels do not heed, and without TLS, as the other end of it is the same server.
     */
    String resource(String channel) {
        String name = host.toLowerCase(Locale.ROOT);
        return "redis://" + (name.equals("127.0.0.1") || name.equals("[::1]") ? "localhost" : name) + ":" + port + "/"
                + channel;
    }

    /** For people: scheme, host and port. */
    URI shown() {
        return URI.create(toString());
    }

    @Override
    public String toString() {
        return (isTls ? "rediss://" : "redis://") + host + ":" + port;
    }
}
