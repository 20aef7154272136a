package io.araldo.websocket;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a URI between the slashes: a value. {@link URI#getHost} knows only names that may stand in the DNS; one
 * such as {@code my_relay} is a good name in many container networks.
 *
 * @param login user and password, decoded; {@code null} if there are none
 * @param host an IPv6 address in its brackets
 * @param port -1 if there is none
 */
record Authority(@Nullable String login, String host, int port) {
    private static final Pattern ANY_NAME = Pattern.compile("(?:([^@]*)@)?([A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

    /** {@code null} if there is no host, or its port is not a number. */
    static @Nullable Authority of(URI uri) {
        if (uri.getHost() != null) {
            return new Authority(uri.getUserInfo(), uri.getHost(), uri.getPort());
        }
        Matcher matcher = ANY_NAME.matcher(String.valueOf(uri.getRawAuthority()));
        if (uri.getRawAuthority() == null || !matcher.matches()) {
            return null;
        }
        int port = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
        return new Authority(decoded(matcher.group(1)), matcher.group(2), port);
    }

    /** That each percent sign begins an octet was checked when the URI was made. */
    private static @Nullable String decoded(@Nullable String login) {
        return login == null ? null : URLDecoder.decode(login.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the login. */
    String hostAndPort() {
        return port < 0 ? host : host + ":" + port;
    }

    /** User and password are secrets. */
    @Override
    public String toString() {
        return hostAndPort();
    }
}
