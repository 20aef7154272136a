package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** All mistakes of a file come at once, in the order of the file. */
class TenMistakesTest {
    private static final String FILE = """
            globals:
              server-port: 70000
            plugins:
              araldo.endpoints.endpoint:
                - name: a
                  id: endpoint-mock
                  chanel: x
                - name: b
                  id: endpoint-mok
                - id: endpoint-mock
                - name: a
                  id: endpoint-mock
                - name: c
                  id: endpoint-test
                  timeout: soon
                  text: one
                  text: two
                - name: d
                  id: endpoint-test
                  uri: ${NOWHERE}
            routes:
              a: [b, z]
            """;

    @Test
    void tenDifferentMistakesAreTenLinesInOrder() {
        assertThat(ConfigFiles.refusal(FILE)).isEqualTo("""
                        araldo.yaml:1:1: globals: no section is called 'globals'; did you mean 'global'? (sections: global, plugins, routes)
                        araldo.yaml:2:3: global.server-port: found the number 70000; write a whole number from 0 to 65535
                        araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[0].chanel: endpoint-mock has no setting 'chanel'; did you mean 'channel'? (settings: name, id, channel, marshaller)
                        araldo.yaml:9:7: plugins.araldo.endpoints.endpoint[1].id: no plugin has the id 'endpoint-mok'; did you mean 'endpoint-mock'? (installed: endpoint-local, endpoint-mock, endpoint-test)
                        araldo.yaml:10:7: plugins.araldo.endpoints.endpoint[2].name: missing; write name: a-name-of-yours
                        araldo.yaml:11:7: plugins.araldo.endpoints.endpoint[3].name: the endpoint at 5:7 is also named 'a'; give each a name of its own
                        araldo.yaml:15:7: plugins.araldo.endpoints.endpoint[4].timeout: found the text 'soon'; write a duration such as 500ms, 5s, 2m or 1h from 1ms to 60000ms
                        araldo.yaml:17:7: plugins.araldo.endpoints.endpoint[4].text: the key stands twice, first at 16:7; keep one of the two
                        araldo.yaml:20:7: plugins.araldo.endpoints.endpoint[5].uri: the variable NOWHERE is not defined; define it in the environment, or write a default: ${NOWHERE:-…}
                        araldo.yaml:22:10: routes.a[1]: no endpoint is named 'z'; no other name is near (endpoints: a, b, c, d)""");
    }

    @Test
    void eachIsAProblemByItself() {
        assertThat(ConfigFiles.refused(FILE, Map.of()).problems())
                .hasSize(10)
                .element(1)
                .isEqualTo(new ConfigException.Problem(
                        "araldo.yaml",
                        2,
                        3,
                        "global.server-port",
                        "found the number 70000; write a whole number from 0 to 65535"));
    }
}
