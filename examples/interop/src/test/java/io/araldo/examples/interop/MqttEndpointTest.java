package io.araldo.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.Marshaller;
import io.araldo.config.Direction;
import org.junit.jupiter.api.Test;

class MqttEndpointTest {
    private static final String URI_FORM = " (expected: mqtt://[user[:password]@]host[:port], with special characters"
            + " percent-encoded; it is not shown here, as it may hold a password)";

    @Test
    void allMistakesComeAtOnce() {
        assertThatThrownBy(() -> MqttEndpoint.builder("x")
                        .topic("a/#/b")
                        .qos(2)
                        .maxInFlight(0)
                        .maxPayloadBytes(0)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("uri: does not begin with mqtt://" + URI_FORM + "\n"
                        + "topic: 'a/#/b' (expected: such as plant/commands or plant/+/temperature; '+' stands for one"
                        + " level, '#' for all from there on)\n"
                        + "qos: 2 (expected: 0 to 1)\n"
                        + "maxInFlight: 0 (expected: 1 to 60000)\n"
                        + "maxPayloadBytes: 0 (expected: 1 to 268365456)");
    }

    @Test
    void secretsAreNotShown() {
        MqttEndpoint endpoint = MqttEndpoint.builder("x")
                .uri("mqtt://ada:s3cret@broker")
                .topic("a")
                .build();
        assertThat(endpoint).hasToString("MqttEndpoint[x, mqtt://broker:1883, topic a]");
        assertThat(endpoint.address().shown()).hasToString("mqtt://broker:1883");
    }

    @Test
    void uriThatIsNotUnderstoodIsNotShown() {
        for (String uri : new String[] {"mqtt://ada:s3 cret@host", "mqtt://ada:s3cret@", "s3cret", "mqtt://h/s3cret"}) {
            assertThatThrownBy(() -> MqttAddress.parse(uri))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("uri: ")
                    .hasNoCause()
                    .message()
                    .doesNotContain("cret");
        }
    }

    @Test
    void filterIsSourceOnly() {
        assertThat(direction("plant/#")).isEqualTo(Direction.SOURCE);
        assertThat(direction("plant/+/temperature")).isEqualTo(Direction.SOURCE);
        assertThat(direction("plant/commands")).isEqualTo(Direction.BOTH);
    }

    private static Direction direction(String topic) {
        return new MqttProvider().direction(new MqttSettings("mqtt://h", topic, 1, 1, Marshaller.raw()));
    }
}
