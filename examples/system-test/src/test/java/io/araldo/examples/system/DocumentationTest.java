package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Listings of Java in README and docs are regions of code that is tested: a comment above each names the file and the
 * region, and both must be equal but for the indentation and the layout of lines. A variable stands for what a test must
 * choose for itself; the head of the region tells what to print for it.
 */
class DocumentationTest {
    private static final Path TOP = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern LISTING =
            Pattern.compile("(?:<!-- listing: (\\S+)#(\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern PRINTED = Pattern.compile("(\\w+) is ([^\\s,]+)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
            List<Path> pages =
                    docs.filter(file -> file.toString().endsWith(".md")).toList();
            return Stream.concat(Stream.of(TOP.resolve("README.md")), pages.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void listingsAreRegionsOfTestedCode(Path page) throws IOException {
        for (MatchResult listing :
                LISTING.matcher(Files.readString(page)).results().toList()) {
            assertThat(listing.group(1))
                    .as("listing without its source in %s: %s", page, listing.group(3))
                    .isNotNull();
            assertThat(layoutFree(listing.group(3)))
                    .as("%s, listing %s", page, listing.group(2))
                    .isEqualTo(layoutFree(region(TOP.resolve(listing.group(1)), listing.group(2))));
        }
    }

    private static String region(Path file, String name) throws IOException {
        Pattern region = Pattern.compile(
                "// region " + Pattern.quote(name) + "(; in print [^\n]*)?\n(.*?)// endregion", Pattern.DOTALL);
        return region.matcher(Files.readString(file))
                .results()
                .map(match -> printed(match.group(2), match.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no region " + name + " in " + file));
    }

    /** @param head says what to print for variables, not for methods of their names; may be {@code null} */
    private static String printed(String code, String head) {
        String printed = code;
        for (MatchResult value :
                PRINTED.matcher(Objects.requireNonNullElse(head, "")).results().toList()) {
            printed = printed.replaceAll(
                    "(?<![.\\w])" + value.group(1) + "\\b(?!\\()", Matcher.quoteReplacement(value.group(2)));
        }
        return printed;
    }

    /** The formatter breaks lines in code as it likes. */
    private static String layoutFree(String code) {
        return code.replaceAll("\\s+", " ").replaceAll(" ?([.(]) ?", "$1").strip();
    }
}
