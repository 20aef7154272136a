package io.araldo.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the mistakes in the options of a builder, so that all are reported at once. Used by one thread. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    /** Notes {@code what: value (expected: …)} unless the option is as it should be. */
    void expect(boolean good, String what, @Nullable Object value, String expected) {
        if (!good) {
            found.add(what + ": " + (value instanceof String ? "'" + value + "'" : value) + " (expected: " + expected
                    + ")");
        }
    }

    /** Notes {@code what: found (expected: …)}, in words: for a value that must not be shown, or would not help. */
    void found(String what, String words, String expected) {
        found.add(what + ": " + words + " (expected: " + expected + ")");
    }

    /** Notes a number that is not positive. */
    void expectPositive(String what, long value) {
        expect(value > 0, what, value, "> 0");
    }

    /** Notes a time that is not positive. */
    void expectPositive(String what, @Nullable Duration value) {
        expect(value != null && !value.isZero() && !value.isNegative(), what, value, "> 0");
    }

    /**
     * Ends the collection.
     *
     * @throws IllegalArgumentException that names all mistakes, if there are any
     */
    void report() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", found));
        }
    }
}
