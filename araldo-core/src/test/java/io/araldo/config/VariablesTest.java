package io.araldo.config;

import static io.araldo.config.ConfigFiles.load;
import static io.araldo.config.ConfigFiles.refusal;
import static io.araldo.config.ConfigFiles.withEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("NAME", "value", "EMPTY", "", "NESTED", "${NAME}");

    private static String text(String written) {
        return load(withEndpoint("id: endpoint-test", "text: " + written), ENVIRONMENT)
                .endpoint("a", SettingsEndpoint.class)
                .settings
                .text();
    }

    @ParameterizedTest
    @CsvSource({
        "${NAME}, value",
        "x${NAME}y${NAME}z, xvalueyvaluez",
        "'\"${NAME}\"', value",
        "${OTHER:-default}, default",
        "${NAME:-default}, value",
        "${EMPTY:-default}, default",
        "x${OTHER:-}, x",
        "${OTHER:-redis://localhost:6379}, redis://localhost:6379",
        "$${NAME}, ${NAME}",
        "$$${NAME}, $${NAME}",
        "${NESTED}, ${NAME}",
        "$NAME, $NAME",
        "x $ y, x $ y"
    })
    void areReplacedInValues(String written, String expected) {
        assertThat(text(written)).isEqualTo(expected);
    }

    @Test
    void areNotReplacedInKeysAndComments() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "${NAME}: x # ${UNDEFINED}"), ENVIRONMENT))
                .isEqualTo(
                        "araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[1].'${NAME}': endpoint-mock has no setting"
                                + " '${NAME}'; no other name is near (settings: name, id, channel, marshaller)");
    }

    @Test
    void areOfTheTypeThatIsWanted() {
        AllSettings settings = load(
                        withEndpoint(
                                "id: endpoint-test",
                                "count: ${N}",
                                "echo: '${B}'",
                                "timeout: ${N}${UNIT:-s}",
                                "text: ${N}"),
                        Map.of("N", "7", "B", "true"))
                .endpoint("a", SettingsEndpoint.class)
                .settings;

        assertThat(settings.count()).isEqualTo(7);
        assertThat(settings.echo()).isTrue();
        assertThat(settings.timeout()).hasSeconds(7);
        assertThat(settings.text()).isEqualTo("7");
    }

    @Test
    void undefinedOneIsAMistakeAtItsKey() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "channel: x${GONE}")))
                .isEqualTo("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[1].channel: the variable GONE is not"
                        + " defined; define it in the environment, or write a default: ${GONE:-…}");
    }

    @Test
    void undefinedOneOnALineOfItsOwnIsAMistakeAtItsKeyToo() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "channel:", "  x${GONE}")))
                .startsWith("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[1].channel: the variable GONE is not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'words: ${GONE}' | 7:7 | ''", "'words: [x, \"${GONE}\"]' | 7:18 | '[1]'"})
    void undefinedOneInAListIsOneMistake(String line, String position, String index) {
        assertThat(refusal(withEndpoint("id: endpoint-test", line)))
                .isEqualTo("araldo.yaml:" + position + ": plugins.araldo.endpoints.endpoint[1].words" + index
                        + ": the variable GONE is not defined; define it in the environment, or write a default:"
                        + " ${GONE:-…}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "${NAME", "${1}", "${NAME-x}", "${NAME:x}", "${NA ME}", "${${NAME}}"})
    void malformedOneIsAMistake(String written) {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "channel: '" + written + "'"), ENVIRONMENT))
                .isEqualTo("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[1].channel: found a '${' that begins no"
                        + " variable; write ${NAME} or ${NAME:-default}, or $${ where '${' itself is meant");
    }

    @Test
    void whatAVariableHoldsIsNotShown() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "count: ${N}"), Map.of("N", "hunter2")))
                .isEqualTo("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[1].count: found what '${N}' stands for"
                        + " (not shown); write a whole number from 1 to 10");
    }

    @Test
    void whatAVariableHoldsIsNotShownAsANameEither() {
        assertThat(refusal(withEndpoint("id: ${ID}").replace("[b]", "['${ID}']"), Map.of("ID", "hunter2")))
                .isEqualTo(
                        "araldo.yaml:6:7: plugins.araldo.endpoints.endpoint[1].id: no plugin has the id '${ID}'; no other"
                                + " name is near (installed: endpoint-local, endpoint-mock, endpoint-test)\n"
                                + "araldo.yaml:8:7: routes.a[0]: no endpoint is named '${ID}'; no other name is near (endpoints: b,"
                                + " a)");
        assertThat(refusal(withEndpoint("id: endpoint-mock", "marshaller: ${ID}"), Map.of("ID", "hunter2")))
                .isEqualTo("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[1].marshaller: no marshaller is named"
                        + " '${ID}'; no other name is near (marshallers: marshal-json, marshal-raw)");
    }

    @Test
    void theyCannotMakeAValueGrowWithoutBound() {
        assertThat(refusal(
                        withEndpoint("id: endpoint-mock", "channel: " + "${BIG}".repeat(1_000)),
                        Map.of("BIG", "x".repeat(100_000))))
                .isEqualTo("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[1].channel: the value is longer than"
                        + " 1048576 letters when its variables are replaced; use shorter ones");
    }
}
