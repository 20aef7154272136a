package io.araldo.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Looks whether the keys of a mapping are those that there are. */
final class Keys {
    private final Node.Fields fields;
    private final Collection<String> known;

    /** @param known in the order in which messages list them */
    Keys(Node.Fields fields, Collection<String> known) {
        this.fields = fields;
        this.known = known;
    }

    /**
     * Notes each key that is not known.
     *
     * @param lead the beginning of the message, before the key in quotes
     * @param plural what the keys are
     */
    void report(String lead, String plural, String path, Problems problems) {
        for (Node.Entry entry : fields.entries().values()) {
            if (!known.contains(entry.key())) {
                problems.add(
                        entry.at(),
                        join(path, entry.key()),
                        () -> Nearest.explain(lead + " " + Shown.quoted(entry.key()), entry.key(), plural, known));
            }
        }
    }

    /**
     * The mapping with its slips mended: an unknown key stands also for the one that it is near to, if that one is
     * missing. So one slip is one mistake, and not also a missing key and all that follows from it.
     */
    Node.Fields mended() {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(fields.entries());
        for (Node.Entry entry : fields.entries().values()) {
            if (!known.contains(entry.key())) {
                Optional<String> meant = Nearest.to(entry.key(), known);
                meant.ifPresent(key -> entries.putIfAbsent(key, entry));
            }
        }
        return new Node.Fields(fields.at(), entries);
    }

    static String join(String path, String key) {
        return path.isEmpty() ? Shown.key(key) : path + "." + Shown.key(key);
    }
}
