package io.araldo.config;

import io.araldo.AraldoException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration file has mistakes: whoever writes it must act. All are reported at once, in the order of the file; the
 * message has one line for each, and has no secrets.
 */
public final class ConfigException extends AraldoException {
    private static final long serialVersionUID = 1;

    /** Always an immutable list of the JDK, which is serializable. */
    @SuppressWarnings("serial")
    private final List<Problem> problems;

    /** With the first of the problems, and how many more there are. */
    ConfigException(List<Problem> problems, int hidden) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))
                + (hidden == 0 ? "" : "\n" + problems.get(0).file() + ": " + hidden + " more mistakes are not shown"));
        this.problems = List.copyOf(problems);
    }

    /** Each mistake by itself, in the order of the file; the first hundred of a very bad file. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * A mistake.
     *
     * @param file as it was named to the loader
     * @param line from 1; 0 if it is not in a line of the file (which cannot be read, say)
     * @param column from 1, in code points; 0 as for the line
     * @param path the keys and indexes that lead there, such as {@code routes.browsers[0]}; empty for the whole file
     * @param text what was found, and what to write
     */
    public record Problem(String file, int line, int column, String path, String text) implements Serializable {
        /** One line, {@code file:line:column: path: text}, without the parts that are not there. */
        @Override
        public String toString() {
            return file + (line == 0 ? "" : ":" + line + ":" + column) + (path.isEmpty() ? "" : ": " + path) + ": "
                    + text;
        }
    }
}
