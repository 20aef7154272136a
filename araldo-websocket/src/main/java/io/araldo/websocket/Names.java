package io.araldo.websocket;

import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of clients and of their groups: checked where they are given. */
final class Names {
    /** So many groups a session may be in. */
    static final int MAX_GROUPS = 64;

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Names() {}

    /** Anything: hosts and directories have names of many kinds. */
    static String principal(@Nullable String principal) {
        if (principal == null || principal.isBlank()) {
            throw new IllegalArgumentException("principal: " + quoted(principal) + " (expected: not blank)");
        }
        return principal;
    }

    static String group(@Nullable String group) {
        if (group == null || !GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException("group: " + quoted(group)
                    + " (expected: 1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit)");
        }
        return group;
    }

    /** Not more than {@link #MAX_GROUPS}, each a name. */
    static void groups(Collection<String> groups) {
        groups.forEach(Names::group);
        if (groups.size() > MAX_GROUPS) {
            throw new IllegalArgumentException("groups: " + groups.size() + " (expected: at most " + MAX_GROUPS + ")");
        }
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "null" : "'" + value + "'";
    }
}
