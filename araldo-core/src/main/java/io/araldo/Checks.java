package io.araldo;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Arguments of the public API: what was found, and what was expected instead. */
final class Checks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    static final String NAME_WANTED = "1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit";

    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Checks() {}

    static <T> T notNull(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(what + ": null (expected: a value)");
        }
        return value;
    }

    static String notBlank(String what, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + ": " + quoted(value) + " (expected: not blank)");
        }
        return value;
    }

    /** The names of endpoints and relays stand in thread names, files and drawings. */
    static String name(String what, @Nullable String value) {
        if (value == null || !isName(value)) {
            throw new IllegalArgumentException(what + ": " + quoted(value) + " (expected: " + NAME_WANTED + ")");
        }
        return value;
    }

    static boolean isName(@Nullable String value) {
        return value != null && NAME.matcher(value).matches();
    }

    static int positive(String what, int value) {
        return (int) positive(what, (long) value);
    }

    static long positive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: > 0)");
        }
        return value;
    }

    /** Everything that waits counts in nanoseconds: a longer time would overflow where it is used. */
    static Duration positive(String what, @Nullable Duration value) {
        if (value == null || value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: > 0)");
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: at most 100 years)");
        }
        return value;
    }

    static String quoted(@Nullable String value) {
        return value == null ? "null" : "'" + value + "'";
    }
}
