package io.araldo.redis;

import io.araldo.EndpointException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/**
 * What goes wrong with an endpoint, in one line each: which one, where, what, and what to do. The client's own
 * exceptions of connecting are not passed on, as they name the user.
 */
final class Failures {
    private static final String IS_IT = "is it a Redis, and its port one for TLS exactly if the uri says rediss?";

    private final RedisPubSubEndpoint endpoint;

    Failures(RedisPubSubEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** It could not be opened. */
    EndpointException opening(Throwable error) {
        Throwable cause = root(error);
        return new EndpointException(prefix() + "cannot open " + endpoint.address() + ": " + reason(cause), cause);
    }

    /** What an attempt may wait for. */
    enum Awaited {
        CONNECTION,
        LOGIN,
        SUBSCRIPTION
    }

    /** Why an attempt was given up: nothing came for so long. */
    String silence(Awaited awaited, Duration patience) {
        String within = " within " + patience.toSeconds() + " s; ";
        return switch (awaited) {
            case CONNECTION -> "no connection" + within + "check host, port and firewalls";
            case LOGIN -> "connected, but no answer" + within + IS_IT;
            case SUBSCRIPTION ->
                "connected, but no answer to the subscription to '" + endpoint.channel() + "'" + within
                        + "is the network cut, or Redis busy?";
        };
    }

    /** A connection was lost. */
    EndpointException lost(String what) {
        return new EndpointException(prefix() + endpoint.address() + " is gone: " + what);
    }

    /** Redis answered an error. */
    EndpointException refused(String error) {
        return new EndpointException(
                prefix() + "PUBLISH to '" + endpoint.channel() + "' was refused: " + error + advice(error));
    }

    /** Something was sent to a pattern. */
    EndpointException pattern() {
        return new EndpointException(prefix() + "cannot publish to the pattern '" + endpoint.channel()
                + "' (expected: a route to an endpoint with a channel)");
    }

    private String prefix() {
        return "redis endpoint '" + endpoint.name() + "': ";
    }

    private static Throwable root(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause instanceof RedisConnectionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private String reason(Throwable cause) {
        if (cause instanceof RedisCommandExecutionException) {
            return "Redis answers " + cause.getMessage() + advice(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof InterruptedException) {
            return "interrupted; the relay is closing, or waits no longer (startup)";
        }
        if (cause instanceof UnknownHostException) {
            return "the host '" + endpoint.address().host() + "' is unknown; correct the uri, or the name service";
        }
        if (cause instanceof ConnectException) {
            return "connection refused; start Redis there, or correct the uri";
        }
        if (cause instanceof RedisCommandTimeoutException) {
            return "connected, but not ready within " + ClientLease.CONNECT_TIMEOUT.toSeconds() + " s; " + IS_IT;
        }
        if (cause instanceof RedisConnectionException || isReset(cause)) {
            return "connected, but closed before the first answer; " + IS_IT;
        }
        return tlsReason(cause);
    }

    private static boolean isReset(Throwable cause) {
        return cause instanceof IOException
                && String.valueOf(cause.getMessage()).contains("reset");
    }

    private static String tlsReason(Throwable cause) {
        for (Throwable error = cause; error != null; error = error.getCause()) {
            if (error instanceof SSLException) {
                return "TLS failed, " + error.getMessage()
                        + "; does this JVM trust its certificate (javax.net.ssl.trustStore)?";
            }
        }
        return String.valueOf(cause.getMessage() != null ? cause.getMessage() : cause);
    }

    /** What to do about an error of Redis; its first word is a code. */
    private String advice(String error) {
        if (error.startsWith("WRONGPASS") || error.contains("AUTH <password> called without")) {
            return "; correct user and password in the uri";
        }
        if (error.startsWith("NOAUTH")) {
            return "; put the password into the uri, redis://user:password@host";
        }
        if (error.startsWith("NOPERM")) {
            return "; let the user have '" + endpoint.channel() + "', by ACL SETUSER";
        }
        if (error.startsWith("DENIED")) {
            return "; give it a password, or bind it to the address you use";
        }
        return "";
    }
}
