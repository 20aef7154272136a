package io.araldo.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Map;

/** Files for tests: what loading them answers. */
final class ConfigFiles {
    private ConfigFiles() {}

    /** A file with an endpoint {@code a} that has these further keys, and a route from it to a mock {@code b}. */
    static String withEndpoint(String... keys) {
        return """
            plugins:
              araldo.endpoints.endpoint:
                - name: b
                  id: endpoint-mock
                - name: a
            """
                + String.join(
                        "",
                        Arrays.stream(keys).map(key -> "      " + key + "\n").toList()) + """
            routes:
              a: [b]
            """;
    }

    static RelayConfig load(String yaml) {
        return load(yaml, Map.of());
    }

    static RelayConfig load(String yaml, Map<String, String> environment) {
        return RelayConfig.parse("araldo.yaml", yaml, environment::get);
    }

    /** The message that this file is refused with. */
    static String refusal(String yaml) {
        return refusal(yaml, Map.of());
    }

    static String refusal(String yaml, Map<String, String> environment) {
        return refused(yaml, environment).getMessage();
    }

    static ConfigException refused(String yaml, Map<String, String> environment) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load(yaml, environment));
        if (refused == null) {
            throw new AssertionError("was not refused:\n" + yaml);
        }
        return refused;
    }
}
