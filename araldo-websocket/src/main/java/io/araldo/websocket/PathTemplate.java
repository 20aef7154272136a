package io.araldo.websocket;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of an endpoint: a plain one, which is one room, or one with a variable segment such as {@code /room/{room}},
 * of which each value is a room. A value.
 *
 * @param text as it was written
 * @param before what stands before the variable; all, if there is none
 * @param variable its name; {@code null} if there is none
 * @param after what stands behind it
 */
record PathTemplate(String text, String before, @Nullable String variable, String after) {
    /** What the value of a variable may look like, as it stands in the request: nothing that needs an escape. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    private static final Pattern TEMPLATE =
            Pattern.compile("((?:/[A-Za-z0-9._~-]+)*/)\\{([A-Za-z][A-Za-z0-9_-]{0,31})}((?:/[A-Za-z0-9._~-]+)*)");
    private static final Pattern PLAIN = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");

    /** The value of a path that has no variable. */
    static final String NO_VALUE = "";

    /** {@code null} if it is not the path of an endpoint. */
    static @Nullable PathTemplate parse(String text) {
        if (PLAIN.matcher(text).matches()) {
            return new PathTemplate(text, text, null, "");
        }
        Matcher template = TEMPLATE.matcher(text);
        return template.matches()
                ? new PathTemplate(text, template.group(1), template.group(2), template.group(3))
                : null;
    }

    /** The value of the variable in a path that fits, {@link #NO_VALUE} if there is none; {@code null} if it does not fit. */
    @Nullable
    String match(String path) {
        if (variable == null) {
            return path.equals(text) ? NO_VALUE : null;
        }
        if (path.length() <= before.length() + after.length() || !path.startsWith(before) || !path.endsWith(after)) {
            return null;
        }
        String value = path.substring(before.length(), path.length() - after.length());
        return isValue(value) ? value : null;
    }

    /** Dots alone are steps in a tree of folders, to whoever makes a file name of them. */
    static boolean isValue(String value) {
        return VALUE.matcher(value).matches() && !value.equals(".") && !value.equals("..");
    }

    /** As it stands in an address, which allows no braces. */
    String shown() {
        return variable == null ? text : before + "%7B" + variable + "%7D" + after;
    }

    /** Whether no path fits better than it fits the other. */
    boolean collidesWith(PathTemplate other) {
        return shape().equals(other.shape());
    }

    private String shape() {
        return variable == null ? text : before + "*" + after;
    }
}
