package io.araldo.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a file, with its place: immutable. */
sealed interface Node {
    /** Where it begins. */
    Position at();

    /** What it is, for messages; shows no secrets that can be recognised. */
    String found();

    /** What a scalar is by its look, as YAML 1.2 has it (the JSON schema, section 10.2). */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NOTHING,
        /** A variable was replaced in it, so what it is depends on what is wanted. */
        ANY,
        /** It has a mistake that is reported already. */
        BROKEN
    }

    /**
     * A value.
     *
     * @param written as in the file, which is what messages show: a variable may hold a secret
     * @param text with variables replaced
     */
    record Scalar(Position at, Kind kind, String written, String text) implements Node {
        @Override
        public String found() {
            return switch (kind) {
                case TEXT -> "the text " + Shown.quoted(written);
                case NUMBER -> "the number " + Shown.plain(written);
                case BOOLEAN -> "the word " + Shown.plain(written) + " without quotes";
                case NOTHING -> "nothing";
                case ANY, BROKEN -> "what " + Shown.quoted(written) + " stands for (not shown)";
            };
        }

        /** Like {@link #found} for a value that must not be shown. */
        String foundSecretly() {
            return switch (kind) {
                case TEXT -> "a text (not shown, as it may hold a secret)";
                case NUMBER -> "a number (not shown, as it may be a secret)";
                case BOOLEAN, NOTHING, ANY, BROKEN -> found();
            };
        }
    }

    /** A sequence. */
    record Items(Position at, List<Node> items) implements Node {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String found() {
            return items.isEmpty() ? "an empty list" : "a list";
        }
    }

    /** A mapping; of keys that stand twice, the first is kept. The order is that of the file. */
    record Fields(Position at, Map<String, Entry> entries) implements Node {
        public Fields {
            entries = Collections.unmodifiableMap(entries);
        }

        @Nullable
        Entry get(String key) {
            return entries.get(key);
        }

        /** Where a mistake in the value of a key is reported: at the key if it is there. */
        Position at(String key) {
            Entry entry = entries.get(key);
            return entry == null ? at : entry.at();
        }

        @Override
        public String found() {
            return entries.isEmpty() ? "an empty mapping" : "keys with values";
        }
    }

    /** A key, where it stands, and its value. */
    record Entry(Position at, String key, Node value) {}
}
