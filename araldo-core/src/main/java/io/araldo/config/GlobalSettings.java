package io.araldo.config;

import java.util.Optional;

/** The section {@code global}. */
record GlobalSettings(
        @Setting(
                value = "The port that all WebSocket paths share; 0 is any free one.",
                min = 0,
                max = 65_535,
                example = "54321")
        Optional<Integer> serverPort,

        @Setting(value = "How much the standalone program logs.", defaultValue = "info", example = "info")
        LogLevel logLevel) {}
