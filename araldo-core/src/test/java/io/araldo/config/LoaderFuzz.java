package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whatever a file holds, loading it answers with a configuration or with a {@link ConfigException}, and soon. The profile
 * {@code fuzz} runs this, which instruments all classes; what it finds is written to the folder of the seeds, where
 * {@link LoaderSeedsTest} tries it in every build.
 */
class LoaderFuzz {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("NAME", "a", "SECRET", "h\u0000u\nnter2", "EMPTY", "");
    private static final Map<String, String> ANOTHER = Map.of("NAME", "a", "SECRET", "h\u0000p\nnter1", "EMPTY", "");
    private static final Pattern LINE = Pattern.compile("f(:\\d+:\\d+)?: \\P{Cntrl}+");
    private static final Duration SOON = Duration.ofSeconds(1);

    @FuzzTest(maxDuration = "10m")
    @DictionaryEntries({
        "global:",
        "server-port: ",
        "log-level: ",
        "plugins:\\x0A",
        "  araldo.marshalling:\\x0A",
        "  araldo.endpoints.endpoint:\\x0A",
        "routes:\\x0A",
        "- name: ",
        "- {name: a, id: ",
        "endpoint-mock",
        "endpoint-test",
        "endpoint-local",
        "marshal-json",
        "channel: ",
        "text: ",
        "path: ",
        "count: ",
        "timeout: 5s",
        "words: [",
        "marshaller: ",
        "uri: redis://u:p@h",
        "behaviour: ",
        "refuse",
        "leak",
        "${NAME}",
        "${SECRET}",
        "${X:-y}",
        "$${",
        "&a ",
        "*a",
        "!!str ",
        "---\\x0A",
        "...\\x0A",
        "? ",
        ": ",
        "- ",
        "|\\x0A",
        ">-\\x0A",
        "\\\"\\\\u0041\\\"",
        "%YAML 1.2\\x0A",
        "{",
        "}",
        "[",
        "]"
    })
    void answersWithAConfigurationOrAnExceptionOfItsOwn(byte[] file) {
        check(file);
    }

    /** Fails unless the file is answered as it should be. */
    static void check(byte[] file) {
        if (millis(file) > SOON.toMillis()) {
            // The machine may have been busy; a file that is slow is slow again.
            assertThat(millis(file)).as("milliseconds").isLessThan(SOON.toMillis());
        }
    }

    private static long millis(byte[] file) {
        long begin = System.nanoTime();
        String answer = answer(file, ENVIRONMENT);
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        assertThat(answer.lines()).allMatch(line -> LINE.matcher(line).matches());
        // What does not depend on a secret does not show it.
        assertThat(answer(file, ANOTHER)).isEqualTo(answer);
        return millis;
    }

    /** The message of the refusal; empty if there is none. */
    private static String answer(byte[] file, Map<String, String> environment) {
        Problems problems = new Problems("f");
        try {
            String text = new ConfigText(problems).checked(file);
            assertThat(RelayConfig.load("f", text, environment::get, problems)
                            .plan()
                            .routes())
                    .isNotEmpty();
            return "";
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty();
            return e.getMessage();
        }
    }
}
