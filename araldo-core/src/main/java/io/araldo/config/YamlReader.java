package io.araldo.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML into {@link Node}s. Of the language, what a configuration needs: one document of mappings, sequences and
 * scalars. What makes YAML dangerous is refused where it begins: tags, anchors, aliases, depth. The text is checked by
 * {@link ConfigText} before.
 */
final class YamlReader {
    private static final int DEEPEST = 20;

    /** Of keys and values, with the ends of lists and mappings: what is read within a second, by far. */
    private static final int MOST = 20_000;

    private final YAMLParser parser;
    private final Variables variables;
    private final Problems problems;
    private int count;

    private YamlReader(YAMLParser parser, Variables variables, Problems problems) {
        this.parser = parser;
        this.variables = variables;
        this.problems = problems;
    }

    /** Reads a text. Keys that stand twice and bad variables are noted; anything else that is wrong ends it. */
    static Node read(String text, Variables variables, Problems problems) {
        try (YAMLParser parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return new YamlReader(parser, variables, problems).document();
        }
    }

    private Node document() {
        JsonToken first = next();
        if (first == null) {
            return new Node.Scalar(Position.START, Node.Kind.NOTHING, "", "");
        }
        Node root = node(first, "", 0, at());
        if (next() != null) {
            throw problems.fatal(at(), "", "a second document begins here; keep one, without '---' in between");
        }
        return root;
    }

    /** @param told where a mistake in it is reported if it is a scalar */
    private Node node(@Nullable JsonToken token, String path, int depth, Position told) {
        refuse(path, depth);
        if (token == JsonToken.START_OBJECT) {
            return fields(path, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return items(path, depth);
        }
        return scalar(token, path, told);
    }

    private Node fields(String path, int depth) {
        Position at = at();
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = Keys.join(path, key);
            refuse(inner, depth);
            Position keyAt = at();
            Node.Entry entry = new Node.Entry(keyAt, key, node(next(), inner, depth + 1, keyAt));
            Node.Entry first = entries.putIfAbsent(key, entry);
            if (first != null) {
                problems.add(keyAt, inner, "the key stands twice, first at " + first.at() + "; keep one of the two");
            }
        }
        return new Node.Fields(at, entries);
    }

    private Node items(String path, int depth) {
        Position at = at();
        List<Node> items = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(node(token, path + "[" + items.size() + "]", depth + 1, at()));
        }
        return new Node.Items(at, items);
    }

    private Node scalar(@Nullable JsonToken token, String path, Position told) {
        String written = token == JsonToken.VALUE_NULL ? "" : parser.getString();
        if (!Variables.isIn(written)) {
            return new Node.Scalar(at(), kind(token), written, written);
        }
        try {
            return new Node.Scalar(at(), Node.Kind.ANY, written, variables.replace(written));
        } catch (Variables.UndefinedException e) {
            problems.add(told, path, e.text());
            return new Node.Scalar(at(), Node.Kind.BROKEN, written, "");
        }
    }

    private static Node.Kind kind(@Nullable JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return Node.Kind.NOTHING;
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return Node.Kind.BOOLEAN;
        }
        return token != null && token.isNumeric() ? Node.Kind.NUMBER : Node.Kind.TEXT;
    }

    /** Ends it if the current token has more than a plain value. */
    private void refuse(String path, int depth) {
        if (depth > DEEPEST) {
            throw problems.fatal(
                    at(), "", "this is nested more than " + DEEPEST + " deep, as no setting is; check the brackets");
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw problems.fatal(at(), path, "found an anchor (&) or an alias (*); write the value out in each place");
        }
        if (parser.getTypeId() != null) {
            throw problems.fatal(at(), path, "found a tag (!); write the value alone, in quotes if it is a text");
        }
    }

    /** The parser has defects of its own, and answers some texts with an exception that is no {@code JacksonException}. */
    private @Nullable JsonToken next() {
        count++;
        if (count > MOST) {
            throw problems.fatal(at(), "", "the file has more than " + MOST + " keys and values; write less");
        }
        try {
            return parser.nextToken();
        } catch (RuntimeException e) {
            SyntaxProblem problem = SyntaxProblem.of(e, at());
            throw problems.fatal(problem.at(), "", problem.text());
        }
    }

    private Position at() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
