package io.araldo.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Where a text stops being YAML, in words of ours: the parser's own message shows the line, which may hold a password.
 *
 * @param at where the parser gave up
 * @param text what was found, and what to write
 */
record SyntaxProblem(Position at, String text) {
    /** Noticed only after the line, which is the context. */
    private static final String NO_COLON = "could not find expected ':'";

    /** By a part of what the parser says; the first that fits. */
    private static final List<Map.Entry<String, String>> TEXTS = List.of(
            Map.entry(NO_COLON, "found a line without a colon; write key: value"),
            Map.entry(
                    "mapping values are not allowed here",
                    "found a colon where none can be; look before it for a line without a colon or with another indent,"
                            + " or put a text that has ': ' in it in quotes"),
            Map.entry(
                    "mapping keys are not allowed here",
                    "found a '?' that begins a key where none can be; put the text in quotes"),
            Map.entry(
                    "sequence entries are not allowed here",
                    "found a '- ' where no list can begin; begin it on a line of its own"),
            Map.entry(
                    "cannot start any token",
                    "found a character that no value can begin with; indent with spaces, never tabs, and put a text that"
                            + " begins with @, ` or % in quotes"),
            Map.entry("unexpected end of stream", "found the end of the file within quotes; close them"),
            Map.entry(
                    "expected <block end>",
                    "found a line that is indented unlike its neighbours; indent it as they are"),
            Map.entry("expected ',' or ']'", "found a list that is not closed; write [a, b]"),
            Map.entry("expected ',' or '}'", "found a mapping that is not closed; write {a: 1, b: 2}"),
            Map.entry(
                    "escape",
                    "found a backslash that begins no escape; write \\\\ for a backslash, or use single quotes"),
            Map.entry(
                    "expected the node content", "found no value where one must be; write it, or take the comma out"));

    private static final String KEY = "found a key that is not a plain text; write a name and a colon";
    private static final String OTHER = "found something that is not YAML; check quotes, brackets and indentation here";

    /** From what the parser threw, while the current token began here. */
    static SyntaxProblem of(RuntimeException thrown, Position current) {
        if (!(thrown.getCause() instanceof MarkedYamlEngineException cause)) {
            boolean isKey = String.valueOf(thrown.getMessage()).startsWith("Expected a property name");
            return new SyntaxProblem(current, isKey ? KEY : OTHER);
        }
        String problem = String.valueOf(cause.getProblem());
        Optional<Mark> mark = problem.contains(NO_COLON)
                ? cause.getContextMark()
                : cause.getProblemMark().or(cause::getContextMark);
        Position at = mark.map(each -> new Position(each.getLine() + 1, each.getColumn() + 1))
                .orElse(current);
        return new SyntaxProblem(at, text(problem));
    }

    private static String text(String problem) {
        return TEXTS.stream()
                .filter(entry -> problem.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }
}
