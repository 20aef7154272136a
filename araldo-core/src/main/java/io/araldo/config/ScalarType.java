package io.araldo.config;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A type of values that one scalar can hold.
 *
 * @param kind what the scalar must look like
 * @param expected what to write, in words
 * @param parser from the text; {@code null} if it is unsuitable
 */
record ScalarType(Node.Kind kind, String expected, Function<String, @Nullable Object> parser) {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h)");

    static ScalarType of(Type type, Setting setting) {
        if (type == String.class) {
            return text(setting);
        }
        if (type == int.class || type == Integer.class) {
            return whole(setting, Integer.MIN_VALUE, Integer.MAX_VALUE).as(value -> ((Long) value).intValue());
        }
        if (type == long.class || type == Long.class) {
            return whole(setting, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new ScalarType(Node.Kind.BOOLEAN, "true or false", ScalarType::truth);
        }
        if (type == Duration.class) {
            return duration(setting);
        }
        if (type instanceof Class<?> choices && choices.isEnum()) {
            return choice(choices.getEnumConstants());
        }
        throw new IllegalArgumentException("has the type " + type.getTypeName()
                + " (expected: String, int, long, boolean, Duration, an enum, List<String>, Marshaller, or Optional)");
    }

    /** The value that a scalar stands for; {@code null} if it is none of this type. */
    @Nullable
    Object parse(Node.Scalar scalar) {
        boolean isSuitable = scalar.kind() == kind || scalar.kind() == Node.Kind.ANY;
        return isSuitable ? parser.apply(scalar.text()) : null;
    }

    /** The same, with other words for what to write. */
    ScalarType expecting(String words) {
        return words.isEmpty() ? this : new ScalarType(kind, words, parser);
    }

    private ScalarType as(Function<Object, Object> change) {
        return new ScalarType(kind, expected, text -> {
            Object value = parser.apply(text);
            return value == null ? null : change.apply(value);
        });
    }

    private static ScalarType text(Setting setting) {
        Pattern pattern = Pattern.compile(setting.pattern().isEmpty() ? "[\\s\\S]*" : setting.pattern());
        String example = setting.example().isEmpty() ? "" : " such as " + setting.example();
        return new ScalarType(
                Node.Kind.TEXT,
                "a text" + example,
                text -> !text.isBlank() && pattern.matcher(text).matches() ? text : null);
    }

    /** Within what the type holds, and the limits of the setting. */
    private static ScalarType whole(Setting setting, long lowest, long highest) {
        long min = Math.max(setting.min(), lowest);
        long max = Math.min(setting.max(), highest);
        return new ScalarType(Node.Kind.NUMBER, "a whole number" + limits(min, max, ""), text -> {
            if (!WHOLE.matcher(text).matches()) {
                return null;
            }
            long value = Long.parseLong(text);
            return value >= min && value <= max ? value : null;
        });
    }

    private static @Nullable Object truth(String text) {
        return (text.equals("true") || text.equals("false")) ? Boolean.valueOf(text) : null;
    }

    private static ScalarType duration(Setting setting) {
        String expected = "a duration such as 500ms, 5s, 2m or 1h" + limits(setting.min(), setting.max(), "ms");
        return new ScalarType(Node.Kind.TEXT, expected, text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            Duration value = duration(Long.parseLong(matcher.group(1)), matcher.group(2));
            return isBetween(value, setting.min(), setting.max()) ? value : null;
        });
    }

    private static boolean isBetween(Duration value, long minMillis, long maxMillis) {
        return value.compareTo(Duration.ofMillis(minMillis)) >= 0 && value.compareTo(Duration.ofMillis(maxMillis)) <= 0;
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static ScalarType choice(Object[] constants) {
        String names = Arrays.stream(constants).map(ScalarType::word).collect(Collectors.joining(", "));
        return new ScalarType(
                Node.Kind.TEXT,
                "one of " + names,
                text -> Arrays.stream(constants)
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElse(null));
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String limits(long min, long max, String unit) {
        boolean hasMin = min > Integer.MIN_VALUE;
        boolean hasMax = max < Integer.MAX_VALUE;
        if (hasMin && hasMax) {
            return " from " + min + unit + " to " + max + unit;
        }
        return hasMin ? " from " + min + unit : hasMax ? " to " + max + unit : "";
    }
}
