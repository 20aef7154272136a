package io.araldo.redis;

import java.util.regex.Pattern;

/**
 * Patterns of channels, as Redis understands them: {@code *}, {@code ?}, {@code [abc]}, {@code [^a]}, {@code [a-z]}, and
 * a backslash before what is meant literally.
 *
 * @see <a href="https://redis.io/docs/latest/commands/psubscribe/">PSUBSCRIBE</a>
 */
final class ChannelPattern {
    private final String pattern;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    private ChannelPattern(String pattern) {
        this.pattern = pattern;
    }

    static boolean matches(String pattern, String channel) {
        return Pattern.compile(new ChannelPattern(pattern).regex(), Pattern.DOTALL)
                .matcher(channel)
                .matches();
    }

    private String regex() {
        while (at < pattern.length()) {
            char next = pattern.charAt(at++);
            switch (next) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> set();
                case '\\' -> literal(at < pattern.length() ? pattern.charAt(at++) : next);
                default -> literal(next);
            }
        }
        return regex.toString();
    }

    /** Up to its bracket; one that has none goes to the end, as Redis has it. */
    private void set() {
        boolean isNegated = at < pattern.length() && pattern.charAt(at) == '^';
        at += isNegated ? 1 : 0;
        StringBuilder chosen = new StringBuilder();
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            char from = member();
            char to = from;
            if (at + 1 < pattern.length() && pattern.charAt(at) == '-') {
                at++;
                to = member();
            }
            chosen.append(escaped((char) Math.min(from, to))).append('-').append(escaped((char) Math.max(from, to)));
        }
        at++;
        if (chosen.isEmpty()) {
            regex.append(isNegated ? "." : "(?!)");
        } else {
            regex.append(isNegated ? "[^" : "[").append(chosen).append(']');
        }
    }

    private char member() {
        char next = pattern.charAt(at++);
        return next == '\\' && at < pattern.length() ? pattern.charAt(at++) : next;
    }

    private void literal(char literal) {
        regex.append(escaped(literal));
    }

    private static String escaped(char literal) {
        return String.format("\\u%04x", (int) literal);
    }
}
