package io.araldo.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Collects the mistakes of one file. For the thread that reads it. */
final class Problems {
    /** More lines than this help nobody, and would cost time in a file made to have many. */
    private static final int SHOWN = 100;

    private final String file;
    private final List<Found> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** @param text made only if it is shown, for it may take a while */
    private record Found(Position at, String path, Supplier<String> text) {}

    void add(Position at, String path, String text) {
        add(at, path, () -> text);
    }

    void add(Position at, String path, Supplier<String> text) {
        found.add(new Found(at, path, text));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws ConfigException if there are any */
    void report() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    /** For a mistake after which there is no going on. */
    ConfigException fatal(Position at, String path, String text) {
        add(at, path, text);
        return exception();
    }

    private ConfigException exception() {
        List<ConfigException.Problem> problems = found.stream()
                .sorted(Comparator.comparing(Found::at))
                .limit(SHOWN)
                .map(each -> new ConfigException.Problem(
                        file,
                        each.at().line(),
                        each.at().column(),
                        each.path(),
                        each.text().get()))
                .toList();
        return new ConfigException(problems, found.size() - problems.size());
    }
}
