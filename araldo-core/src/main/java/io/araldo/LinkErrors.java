package io.araldo;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What is told of an endpoint and its links, in one line that names it. */
final class LinkErrors {
    private final String name;

    LinkErrors(String name) {
        this.name = name;
    }

    EndpointException late(Duration limit) {
        return new EndpointException("endpoint '" + name + "' could not be opened: no answer within " + limit.toMillis()
                + " ms (expected: in time; see startup(…))");
    }

    EndpointException insufficient() {
        return new EndpointException(
                "endpoint '" + name + "' is reopened: its link was opened to do less than the" + " routes need now");
    }

    /** Why a link is lost, though its transport should not say. */
    EndpointException lost(@Nullable EndpointException cause) {
        return cause != null
                ? cause
                : new EndpointException("endpoint '" + name + "' was lost, and its link gave null for a cause");
    }

    EndpointException opening(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof EndpointException known) {
            return named(known);
        }
        String text = cause == null ? "open() completed with null (expected: a link)" : Reports.oneLine(cause);
        return new EndpointException("endpoint '" + name + "' could not be opened: " + text, cause);
    }

    /** Whoever reads the line must learn which endpoint it is about. */
    private EndpointException named(EndpointException known) {
        String message = String.valueOf(known.getMessage());
        return message.contains("'" + name + "'")
                ? known
                : new EndpointException("endpoint '" + name + "': " + message, known);
    }

    /** One link that throws when it is asked must not hide how the others are. */
    @SuppressWarnings("CatchThrowable")
    static Health healthOf(Link open, InstantSource clock) {
        try {
            return open.health();
        } catch (Throwable e) {
            return Health.down(clock.instant(), "its health() threw " + Reports.oneLine(e));
        }
    }

    /** For the log: a link that does not tell must not keep the relay from starting. */
    @SuppressWarnings("CatchThrowable")
    static String addressOf(Link opened) {
        try {
            return opened.address().toString();
        } catch (Throwable e) {
            return "an address that it does not tell: " + Reports.oneLine(e);
        }
    }
}
