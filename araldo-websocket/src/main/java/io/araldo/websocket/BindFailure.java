package io.araldo.websocket;

import io.araldo.EndpointException;
import java.util.Locale;

/** Says in one line why a port could not be bound, and what to do. */
final class BindFailure {
    private BindFailure() {}

    static EndpointException of(ServerOptions options, Exception cause) {
        return new EndpointException(
                "cannot listen on " + options.host() + ":" + options.port() + ": " + reason(cause), cause);
    }

    /** The JDK has one class for all of these, and tells them apart by words. */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("unresolved")) {
            return "no such host (expected: an address or name of this machine)";
        }
        if (lower.contains("in use")) {
            return "the port is in use (stop the program that uses it, or choose another port, or 0 for any free one)";
        }
        if (lower.contains("denied")) {
            return "not permitted (ports below 1024 need a privilege; choose a higher one)";
        }
        if (lower.contains("assign")) {
            return "not an address of this machine (expected: one of its own, 127.0.0.1, or 0.0.0.0 for all)";
        }
        return message;
    }
}
