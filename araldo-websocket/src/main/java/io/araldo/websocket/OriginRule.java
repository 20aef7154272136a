package io.araldo.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may connect (RFC 6455 section 10.2): those that came from this server, or those of a list. Without
 * this any page that a user visits could talk to the server in the user's name. A client that sends no origin is no
 * browser and is let in.
 */
final class OriginRule {
    private static final Pattern LOCAL = Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final Set<String> allowed;
    private final boolean isLocal;

    /**
     * With an empty set, the rule is the same origin.
     *
     * @param isLocal whether the server is for this machine alone: then a page of the same origin came from a name that
     *     means this machine. Any other name may be a stranger's, who made it point here (DNS rebinding).
     */
    OriginRule(Set<String> allowed, boolean isLocal) {
        this.allowed = allowed;
        this.isLocal = isLocal;
    }

    static boolean isLocal(String authority) {
        return LOCAL.matcher(PORT.matcher(authority).replaceFirst("").toLowerCase(Locale.ROOT))
                .matches();
    }

    @Nullable
    Refusal check(Handshake handshake) {
        List<String> origins = handshake.values("Origin");
        if (origins.isEmpty() || (origins.size() == 1 && mayConnect(origins.get(0), handshake.only("Host")))) {
            return null;
        }
        return new Refusal(
                403,
                "Origin: " + String.join(", ", origins) + " may not connect (expected: "
                        + (allowed.isEmpty()
                                ? "the origin of this server; see allowedOrigins"
                                : "one of allowedOrigins")
                        + ")");
    }

    /** What can be said of an origin before the host is known; {@code null} is a client that sends none. */
    boolean mayBeAllowed(@Nullable String origin) {
        return allowed.isEmpty() || origin == null || origin.isEmpty() || allowed.contains(origin);
    }

    private boolean mayConnect(String origin, @Nullable String host) {
        return allowed.isEmpty()
                ? host != null && isSame(origin, host) && (!isLocal || isLocal(host))
                : allowed.contains(origin);
    }

    private static boolean isSame(String origin, String host) {
        return isOrigin(origin, "http://", host, ":80") || isOrigin(origin, "https://", host, ":443");
    }

    /** Browsers leave the scheme's own port out of the origin, and mostly out of the host. */
    private static boolean isOrigin(String origin, String scheme, String host, String defaultPort) {
        return origin.startsWith(scheme)
                && without(origin.substring(scheme.length()), defaultPort).equals(without(host, defaultPort));
    }

    private static String without(String authority, String port) {
        String lower = authority.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
