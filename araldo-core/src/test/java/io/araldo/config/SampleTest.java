package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The sample of the first araldo, which names an endpoint in a route that it does not have. */
class SampleTest {
    private static final String SAMPLE = """
        global:
          server-port: 54321
          log-level: debug
        plugins:
          araldo.marshalling:
            - name: marshal-json
              id: marshal-json
          araldo.endpoints.endpoint:
            - name: mock_1
              id: endpoint-mock
              channel: channel_1
            - name: redis_2
              id: endpoint-mock
              channel: channel_2
            - name: redis_3
              id: endpoint-mock
              channel: channel_3
        routes:
          redis_1:
            - redis_2
            - redis_3
        """;

    @Test
    void itsOneMistakeIsToldInOneLine() {
        assertThat(ConfigFiles.refusal(SAMPLE))
                .isEqualTo("araldo.yaml:19:3: routes.redis_1: no endpoint is named 'redis_1'; did you mean 'redis_2'?"
                        + " (endpoints: mock_1, redis_2, redis_3)");
    }

    @Test
    void mendedItIsAPlanWithARouteForEachTarget() {
        RelayConfig config = ConfigFiles.load(SAMPLE.replace("redis_1", "mock_1"));

        assertThat(config)
                .hasToString("RelayConfig[araldo.yaml, log-level debug, routes mock_1->redis_2, mock_1->redis_3]");
        assertThat(config.logLevel()).isEqualTo(LogLevel.DEBUG);
    }
}
