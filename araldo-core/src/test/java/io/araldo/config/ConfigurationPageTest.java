package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the code does. */
class ConfigurationPageTest {
    private static final Pattern LISTING =
            Pattern.compile("```yaml\n((?:(?!```).)*)```\n\n```text\n(.*?)\n```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/configuration.md"));
    }

    @Test
    void tablesAreTheSettings() throws IOException {
        assertThat(page())
                .contains(SettingsTable.of(GlobalSettings.class))
                .contains(SettingsTable.of(MockProvider.MockSettings.class));
    }

    @Test
    void theExampleOfAMistakeIsAnsweredAsShown() throws IOException {
        Matcher listing = LISTING.matcher(page());

        assertThat(listing.find()).isTrue();
        assertThat(ConfigFiles.refusal(listing.group(1), Map.of())).isEqualTo(listing.group(2));
    }
}
