package io.araldo.examples.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.araldo.config.LogLevel;
import org.slf4j.LoggerFactory;

/** What {@code log-level} of a configuration file means for the log of this program. */
final class LogLevels {
    private LogLevels() {}

    /** Sets the level of Araldo's loggers. Libraries never log more than warnings: they would drown it. */
    static void apply(LogLevel level) {
        Level ours = switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case ERROR -> Level.ERROR;
            // What ends the program is printed, not logged.
            case FATAL -> Level.OFF;
        };
        set("io.araldo", ours);
        set(Logger.ROOT_LOGGER_NAME, ours.isGreaterOrEqual(Level.WARN) ? ours : Level.WARN);
    }

    private static void set(String logger, Level level) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }
}
