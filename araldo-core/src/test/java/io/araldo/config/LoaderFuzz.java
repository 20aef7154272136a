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
    private static final Pattern LINE = Pattern.compile("f(:\\d+:\\d+)?: \\P{Cntrl}+");
    private static final Duration SOON = Duration.ofSeconds(1);

    @FuzzTest(maxDuration = "10m")
    @DictionaryEntries({
        "global:",
        "server-port: ",
        "log-level: ",
        "plugins:\n",
        "  araldo.marshalling:\n",
        "  araldo.endpoints.endpoint:\n",
        "routes:\n",
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
        "---\n",
        "...\n",
        "? ",
        ": ",
        "- ",
        "|\n",
        ">-\n",
        "\"\\u0041\"",
        "%YAML 1.2\n",
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
        try {
            load(file);
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty();
            assertThat(e.getMessage().lines())
                    .allMatch(line -> LINE.matcher(line).matches());
            assertThat(e.getMessage()).doesNotContain("nter2");
        }
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private static void load(byte[] file) {
        Problems problems = new Problems("f");
        String text = new ConfigText(problems).checked(file);
        assertThat(RelayConfig.load("f", text, ENVIRONMENT::get, problems)
                        .plan()
                        .routes())
                .isNotEmpty();
    }
}
