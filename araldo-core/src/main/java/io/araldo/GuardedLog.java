package io.araldo;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a relay, whose appenders and filters may be anybody's: what they throw must not end a lane, a task of the
 * timer or the reopening of a link, and is given up. Who would be told of it is the log itself; no message is lost by it,
 * and the ledger counts them all. Callable from any thread.
 */
final class GuardedLog {
    private final Logger log = LoggerFactory.getLogger(Relay.class);

    /** One way to log. */
    @FunctionalInterface
    private interface Level {
        void log(String format, @Nullable Object... arguments);
    }

    void warn(String format, @Nullable Object... arguments) {
        log(log::warn, format, arguments);
    }

    void info(String format, @Nullable Object... arguments) {
        log(log::info, format, arguments);
    }

    void debug(String format, @Nullable Object... arguments) {
        log(log::debug, format, arguments);
    }

    @SuppressWarnings("CatchThrowable")
    private static void log(Level level, String format, @Nullable Object... arguments) {
        try {
            level.log(format, arguments);
        } catch (Throwable e) {
            // See above.
        }
    }
}
