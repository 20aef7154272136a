package io.araldo.config;

import static io.araldo.config.ConfigFiles.load;
import static io.araldo.config.ConfigFiles.withEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.AraldoException;
import io.araldo.Marshaller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static AllSettings settings(String... keys) {
        return load(withEndpoint(keys)).endpoint("a", SettingsEndpoint.class).settings;
    }

    @Test
    void defaultsHoldWhereTheFileSaysNothing() {
        assertThat(settings("id: endpoint-test"))
                .isEqualTo(new AllSettings(
                        "some",
                        "/",
                        1,
                        5_000_000_000L,
                        false,
                        Duration.ofSeconds(5),
                        AllSettings.Policy.DROP_OLDEST,
                        Optional.empty(),
                        Optional.empty(),
                        Marshaller.raw(),
                        Optional.empty(),
                        Optional.empty(),
                        AllSettings.Behaviour.NOTHING));
    }

    @Test
    void everyTypeIsRead() {
        assertThat(settings(
                        "id: endpoint-test",
                        "text: 'a: b'",
                        "path: /chat",
                        "count: 10",
                        "bytes: -9000000000",
                        "echo: true",
                        "timeout: 1m",
                        "policy: drop-newest",
                        "words: [x, yz]",
                        "limit: 0",
                        "marshaller: marshal-json",
                        "uri: redis://host",
                        "headers: ['X: y']"))
                .isEqualTo(new AllSettings(
                        "a: b",
                        "/chat",
                        10,
                        -9_000_000_000L,
                        true,
                        Duration.ofMinutes(1),
                        AllSettings.Policy.DROP_NEWEST,
                        Optional.of(List.of("x", "yz")),
                        Optional.of(0),
                        Marshaller.json(),
                        Optional.of("redis://host"),
                        Optional.of(List.of("X: y")),
                        AllSettings.Behaviour.NOTHING));
    }

    @ParameterizedTest
    @CsvSource({
        "1ms, 1",
        "500ms, 500",
        "5s, 5000",
        "1m, 60000",
        "0h5s, -1",
        "5, -1",
        "-5s, -1",
        "5S, -1",
        "1h, -1",
        "0s, -1"
    })
    void durations(String written, long millis) {
        Setting setting = AllSettings.class.getRecordComponents()[5].getAnnotation(Setting.class);
        Object value = ScalarType.of(Duration.class, setting)
                .parse(new Node.Scalar(Position.START, Node.Kind.ANY, written, written));

        assertThat(value).isEqualTo(millis < 0 ? null : Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "2147483647, 2147483647",
        "2147483648,",
        "99999999999999999999999,",
        "1.0,",
        "1e3,",
        "0x10,",
        "1_000,",
        "+1,"
    })
    void numbersOfInt(String written, Integer value) {
        Setting setting = AllSettings.class.getRecordComponents()[8].getAnnotation(Setting.class);

        assertThat(ScalarType.of(int.class, setting)
                        .parse(new Node.Scalar(Position.START, Node.Kind.ANY, written, written)))
                .isEqualTo(value);
    }

    @Test
    void marshallerIsAnInstanceOfTheFileBeforeItIsAnId() {
        String marshalling = "plugins:\n  araldo.marshalling:\n    - {name: marshal-raw, id: marshal-json}\n";
        RelayConfig config = load(
                withEndpoint("id: endpoint-test", "marshaller: marshal-raw").replace("plugins:\n", marshalling));

        assertThat(config.endpoint("a", SettingsEndpoint.class).marshaller()).isSameAs(Marshaller.json());
    }

    @Test
    void aProviderSeesTheSettingsOfAllInstances() {
        RelayConfig config = load(withEndpoint("id: endpoint-test", "text: one")
                .replace("routes:", "    - {name: c, id: endpoint-test, text: two}\nroutes:"));

        assertThat(config.endpoint("a", SettingsEndpoint.class).all)
                .extracting(AllSettings::text)
                .containsExactly("one", "two");
    }

    @Test
    void twoPluginsOfOneIdAreNamed() {
        assertThatThrownBy(() ->
                        Plugins.byId(List.of(Plugin.of(new SettingsProvider()), Plugin.of(new SettingsProvider()))))
                .isInstanceOf(AraldoException.class)
                .hasMessage(
                        "two plugins have the id 'endpoint-test', with the settings io.araldo.config.AllSettings and"
                                + " io.araldo.config.AllSettings (expected: one of them; take the other from the class path)");
    }

    record WithoutSetting(String text) {}

    record OfAnotherType(@Setting("A set.") Map<String, String> text) {}

    record BadDefault(
            @Setting(value = "A number.", defaultValue = "x")
            int number) {}

    @Test
    void defectiveRecordsAreNamed() {
        assertThatThrownBy(() -> Settings.of(WithoutSetting.class))
                .isInstanceOf(AraldoException.class)
                .hasMessage("settings io.araldo.config.SettingsTest$WithoutSetting: component 'text' has no @Setting");
        assertThatThrownBy(() -> Settings.of(OfAnotherType.class))
                .isInstanceOf(AraldoException.class)
                .hasMessage("settings io.araldo.config.SettingsTest$OfAnotherType: component 'text' has the type"
                        + " java.util.Map<java.lang.String, java.lang.String> (expected: String, int, long, boolean,"
                        + " Duration, an enum, List<String>, Marshaller, or Optional)");
        assertThatThrownBy(() -> Settings.of(BadDefault.class))
                .isInstanceOf(AraldoException.class)
                .hasMessage("settings io.araldo.config.SettingsTest$BadDefault: component 'number' has the default 'x'"
                        + " (expected: a whole number)");
    }

    @ParameterizedTest
    @CsvSource({"uri, uri", "maxInFlight, max-in-flight", "allowedOrigins, allowed-origins"})
    void keysAreTheNamesOfComponentsWithHyphens(String component, String key) {
        assertThat(SettingSpec.key(component)).isEqualTo(key);
    }
}
