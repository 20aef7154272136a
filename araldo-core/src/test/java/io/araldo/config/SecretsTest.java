package io.araldo.config;

import static io.araldo.config.ConfigFiles.load;
import static io.araldo.config.ConfigFiles.refusal;
import static io.araldo.config.ConfigFiles.withEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password reaches no message. */
class SecretsTest {
    private static final String A = "plugins.araldo.endpoints.endpoint[1]";

    @Test
    void settingThatIsSecretIsNotShown() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "uri: 12345")))
                .isEqualTo(
                        "araldo.yaml:7:7: " + A + ".uri: found a number (not shown, as it may be a secret) where a text"
                                + " must be; put it in quotes");
        assertThat(refusal(withEndpoint("id: endpoint-test", "uri: ' '")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".uri: found a text (not shown, as it may hold a secret); write a"
                        + " text");
    }

    @Test
    void messageOfAPluginIsRidOfTheSecretAndItsParts() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "behaviour: leak", "uri: redis://user:hunter2@host")))
                .isEqualTo("araldo.yaml:5:7: " + A + ": cannot use ***, not even ***, with Optional.empty");
    }

    @Test
    void messageOfAPluginIsRidOfSecretsInLists() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "behaviour: leak", "headers: ['X-Token: hunter2']")))
                .isEqualTo("araldo.yaml:5:7: " + A + ": cannot use it, not even that, with Optional[[***]]");
    }

    @Test
    void messageOfAPluginIsRidOfWhatAVariableBrought() {
        assertThat(refusal(
                        withEndpoint("id: endpoint-test", "behaviour: leak", "uri: '${URI}'"),
                        Map.of("URI", "redis://:hunter2@host")))
                .isEqualTo("araldo.yaml:5:7: " + A + ": cannot use ***, not even ***, with Optional.empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:hunter2@host:6379",
                "redis://:hunter2",
                "redis://user:hunter2#host",
                "redis://user:hunter2/@host",
                "redis://user:a@hunter2@host",
                "//user:hunter2@host",
                "user:hunter2@host",
                "redis:/user:hunter2@host"
            })
    void uriInTheWrongPlaceIsShownWithoutItsLogin(String uri) {
        String wrong = "'" + uri + "'";

        assertThat(refusal(withEndpoint("id: endpoint-test", "path: " + wrong))).doesNotContain("hunter2");
        assertThat(refusal(withEndpoint("id: " + wrong))).doesNotContain("hunter2");
        assertThat(refusal(withEndpoint("id: endpoint-mock", wrong + ": 1"))).doesNotContain("hunter2");
        assertThat(refusal(withEndpoint("id: endpoint-mock", "marshaller: " + wrong)))
                .doesNotContain("hunter2");
        assertThat(refusal(withEndpoint("id: endpoint-mock") + "  " + wrong + ": b\n"))
                .doesNotContain("hunter2");
        assertThat(refusal(withEndpoint("id: endpoint-mock").replace("[b]", "[" + wrong + "]")))
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uri: \"redis://:hunter2\\q@host",
                "uri: @hunter2",
                "uri: %hunter2",
                "uri: *hunter2",
                "uri: &hunter2 x\n      channel: *hunter2",
                "uri: !hunter2 x",
                "uri: !hunter2!x y",
                "uri: redis: hunter2: x",
                "uri: 'hunter2",
                "uri: [hunter2",
                "uri: !!binary 'hunter2$'"
            })
    void lineThatIsNotYamlIsNotShown(String line) {
        assertThat(refusal(withEndpoint("id: endpoint-test", line))).doesNotContain("hunter2");
    }

    @Test
    void textForPeopleHasNoSettings() {
        assertThat(load(withEndpoint("id: endpoint-test", "uri: redis://:hunter2@host")))
                .hasToString("RelayConfig[araldo.yaml, log-level info, routes a->b]");
    }
}
