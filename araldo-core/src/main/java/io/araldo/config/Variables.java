package io.araldo.config;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} in a value; a second dollar before it stops that. As in a shell, the
 * default stands also for an empty variable. What a variable holds is not looked at again.
 */
final class Variables {
    private static final Pattern REFERENCE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*+)(?::-([^}]*+))?}");
    private static final int LONGEST = 1 << 20;

    private final Function<String, @Nullable String> environment;

    Variables(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** What is wrong with a reference; the message tells what to write. */
    static final class UndefinedException extends Exception {
        private static final long serialVersionUID = 1;

        UndefinedException(String message) {
            super(message);
        }

        /** What was found, and what to write. */
        String text() {
            return String.valueOf(getMessage());
        }
    }

    /** Whether there is anything to replace. */
    static boolean isIn(String text) {
        return text.contains("${");
    }

    String replace(String text) throws UndefinedException {
        StringBuilder result = new StringBuilder(text.length());
        int end = 0;
        for (int dollar = text.indexOf("${"); dollar >= 0; dollar = text.indexOf("${", end)) {
            boolean isEscaped = dollar > end && text.charAt(dollar - 1) == '$';
            result.append(text, end, isEscaped ? dollar - 1 : dollar);
            end = dollar + 2;
            if (isEscaped) {
                result.append("${");
            } else {
                Matcher reference = reference(text, end);
                result.append(value(reference.group(1), reference.group(2)));
                end = reference.end();
            }
            if (result.length() > LONGEST) {
                throw new UndefinedException("the value is longer than " + LONGEST
                        + " letters when its variables are replaced; use shorter ones");
            }
        }
        return result.append(text, end, text.length()).toString();
    }

    private static Matcher reference(String text, int begin) throws UndefinedException {
        Matcher reference = REFERENCE.matcher(text).region(begin, text.length());
        if (!reference.lookingAt()) {
            throw new UndefinedException("found a '${' that begins no variable; write ${NAME} or ${NAME:-default},"
                    + " or $${ where '${' itself is meant");
        }
        return reference;
    }

    private String value(String name, @Nullable String otherwise) throws UndefinedException {
        String value = environment.apply(name);
        if (otherwise != null) {
            return value == null || value.isEmpty() ? otherwise : value;
        }
        if (value == null) {
            throw new UndefinedException("the variable " + Shown.plain(name)
                    + " is not defined; define it in the environment, or write a default: ${" + Shown.plain(name)
                    + ":-…}");
        }
        return value;
    }
}
