package io.araldo.config;

/** How much a program that runs a file logs, from most to least. The library logs to SLF4J and does not apply it. */
public enum LogLevel {
    /** What helps to find a mistake in the program itself. */
    DEBUG,
    /** What happens: starts, losses, returns. */
    INFO,
    /** What somebody should look at. */
    WARNING,
    /** What did not work. */
    ERROR,
    /** What ends the program. */
    FATAL
}
