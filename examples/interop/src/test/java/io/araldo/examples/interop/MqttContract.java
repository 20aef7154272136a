package io.araldo.examples.interop;

import io.araldo.testing.EndpointContract;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.Outside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;

// region contract
/**
 * What is outside is a real broker, somebody who publishes and subscribes there, and a network before it. Run it by
 * {@code -Dit.test=MqttContract}: the broker at times ends a bystander's connection too, so it is in no other build.
 */
class MqttContract extends EndpointContract {
    private static final String TOPIC = "contract";
    private static final Deque<DemoBroker> BROKERS = new ArrayDeque<>();

    /** One for each rule: this broker does not get over all that a rule does to its connections. */
    private static DemoBroker startBroker() {
        try {
            BROKERS.push(DemoBroker.start(0));
            return BROKERS.element();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stopAll() {
        CompletableFuture.allOf(BROKERS.stream()
                        .map(broker -> CompletableFuture.runAsync(
                                broker::close, stop -> new Thread(stop, "broker-stop").start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    protected Outside outside() throws MqttException {
        DemoBroker broker = startBroker();
        FaultProxy network = FaultProxy.to(broker.port());
        FaultProxy nobody = FaultProxy.to(broker.port());
        nobody.inject(Fault.REFUSE);
        MqttProbe probe = new MqttProbe(broker.port()).listening(TOPIC);
        return Outside.builder(() -> endpoint(network))
                .unopenable(() -> endpoint(nobody), "127.0.0.1:" + nobody.port())
                .secrets("ada", "s3cret")
                .threads("MQTT")
                .says(text -> probe.publish(TOPIC, text, 0))
                .hears(() -> probe.texts(TOPIC))
                .cuts(() -> network.inject(Fault.RESET))
                .stalls(() -> network.inject(Fault.STOP_READING))
                .mends(network::restore)
                .connections(network::accepted)
                .closes(() -> {
                    probe.close();
                    network.close();
                    nobody.close();
                })
                .build();
    }

    private static MqttEndpoint endpoint(FaultProxy network) {
        return MqttEndpoint.builder("mqtt")
                .uri("mqtt://ada:s3cret@127.0.0.1:" + network.port())
                .topic(TOPIC)
                .build();
    }
}
// endregion
