package io.araldo.websocket;

import io.araldo.EndpointException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in one line why a client could not connect, and what to do. */
final class ConnectFailure {
    /** In the words of the JDK, or of Grizzly. */
    private static final Pattern UNREADABLE = Pattern.compile("(?i)unrecognized SSL message");

    private ConnectFailure() {}

    /** The proxy did not let us through. */
    static final class Proxy extends IOException {
        private static final long serialVersionUID = 1;

        Proxy(@Nullable String message) {
            super(message);
        }
    }

    /** There is no TLS with the server. */
    static final class Tls extends IOException {
        private static final long serialVersionUID = 1;

        Tls(Throwable cause) {
            super(cause);
        }
    }

    /** The server answered the handshake with something other than 101. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status) {
            super("status " + status);
            this.status = status;
        }
    }

    static EndpointException of(ClientOptions options, Throwable cause) {
        return options.problem("cannot connect to", reason(options, cause), cause);
    }

    private static String reason(ClientOptions options, Throwable cause) {
        String hop = options.proxy() == null ? "" : "the proxy " + options.proxy() + ": ";
        if (cause instanceof UnknownHostException) {
            return hop + "unknown host '" + cause.getMessage() + "' (expected: a name that resolves, or an address)";
        }
        if (cause instanceof ConnectException) {
            return hop + refused(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof TimeoutException) {
            return hop + cause.getMessage();
        }
        if (cause instanceof Proxy) {
            return hop + cause.getMessage();
        }
        if (cause instanceof Tls) {
            return "TLS: " + tls(options, cause);
        }
        if (cause instanceof Refused refused) {
            return "the handshake was answered with " + refused.status + meaning(refused.status);
        }
        if (cause instanceof EOFException) {
            return hop + "the connection was closed before the handshake was answered";
        }
        return String.valueOf(cause.getMessage());
    }

    private static String refused(String message) {
        return message.contains("refused") ? "connection refused (expected: a server that listens there)" : message;
    }

    private static String meaning(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> ": a redirect, which is not followed (use the new address)";
            case 400 -> ": bad request (does the server speak WebSocket, version 13?)";
            case 401 -> ": not authenticated (set an Authorization header, or a user and a password in the URI)";
            case 403 -> ": forbidden (the server does not let this client in)";
            case 404 -> ": nothing there (check the path)";
            case 426 -> ": upgrade required (a proxy between may have removed the Upgrade header)";
            case 429 -> ": too many requests";
            case 503 -> ": unavailable (the server is full, or closing)";
            default -> " (expected: 101)";
        };
    }

    /** Certificates are told of by the innermost cause. */
    private static String tls(ClientOptions options, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateException && message.contains("No ")) {
                return "the certificate is not for host '" + options.host() + "' (" + oneLine(message) + ")";
            }
            if (message.contains("PKIX path")) {
                return "the certificate is not trusted (give its authority with tls(…))";
            }
            if (UNREADABLE.matcher(message).find()) {
                return "the server does not speak TLS on this port (expected: ws://, or another port)";
            }
            if (cause instanceof EOFException) {
                return "the server closed the connection during the handshake";
            }
        }
        Throwable inner = error.getCause() == null ? error : error.getCause();
        return oneLine(String.valueOf(inner.getMessage()));
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
