package io.araldo.websocket;

import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of clients and of their groups: checked where they are given. */
final class Names {
    /** So many groups a session may be in. */
    static final int MAX_GROUPS = 64;

    /** What may stand in a log as it is. */
    private static final Pattern PRINCIPAL = Pattern.compile("\\P{Cntrl}*\\S\\P{Cntrl}*");

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Names() {}

    /** Almost anything: hosts and directories have names of many kinds. */
    static String principal(@Nullable String principal) {
        if (principal == null || !isPrincipal(principal)) {
            String shown = principal == null ? null : principal.replaceAll("\\p{Cntrl}", "?");
            throw new IllegalArgumentException(
                    "principal: " + quoted(shown) + " (expected: not blank, without control characters)");
        }
        return principal;
    }

    static boolean isPrincipal(String name) {
        return PRINCIPAL.matcher(name).matches();
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
