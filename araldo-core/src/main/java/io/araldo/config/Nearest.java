package io.araldo.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a name that there is not. */
final class Nearest {
    private static final int LISTED = 20;
    private static final int COMPARED = 1_000;
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * Ends a message: {@code lead; did you mean 'x'? (endpoints: x, y)}.
     *
     * @param plural what the names are
     */
    static String explain(String lead, String wanted, String plural, Collection<String> names) {
        String suggestion = to(wanted, names)
                .map(near -> "; did you mean " + Shown.quoted(near) + "? (")
                .orElse("; no other name is near (");
        return lead + suggestion + plural + ": " + listed(names) + ")";
    }

    private static String listed(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        List<String> first = names.stream().limit(LISTED).map(Shown::key).toList();
        int more = names.size() - first.size();
        return String.join(", ", first) + (more == 0 ? "" : ", and " + more + " more");
    }

    /** The first of those names that differ least, if that is at most a third of the letters. */
    static Optional<String> to(String wanted, Collection<String> names) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String name : names.stream().limit(COMPARED).toList()) {
            int longer = Math.max(name.length(), wanted.length());
            if (longer <= LONGEST) {
                int distance = distance(lower(wanted), lower(name));
                if (distance < least && distance < longer && distance <= Math.max(1, longer / 3)) {
                    best = name;
                    least = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** How many letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(int[][] d, String a, String b, int i, int j) {
        boolean isSame = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(d[i - 1][j - 1] + (isSame ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean isSwap = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return isSwap ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
