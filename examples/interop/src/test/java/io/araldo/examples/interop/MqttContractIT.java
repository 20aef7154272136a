package io.araldo.examples.interop;

import io.araldo.testing.EndpointContract;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.Outside;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

// region contract
/** What is outside is a real broker, somebody who publishes and subscribes there, and a network before it. */
class MqttContractIT extends EndpointContract {
    private static final AtomicInteger RULES = new AtomicInteger();
    private static TestBroker broker;
    private static MqttProbe probe;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start();
        probe = new MqttProbe(broker.port()).listening("contract/#");
    }

    @AfterAll
    static void stopBroker() throws Exception {
        probe.close();
        broker.close();
    }

    /** Each rule has a topic of its own: what another one has left on its way does not come in. */
    @Override
    protected Outside outside() {
        String topic = "contract/" + RULES.incrementAndGet();
        FaultProxy network = FaultProxy.to(broker.port());
        FaultProxy nobody = FaultProxy.to(broker.port());
        nobody.inject(Fault.REFUSE);
        return Outside.builder(() -> endpoint(network, topic))
                .unopenable(() -> endpoint(nobody, topic), "127.0.0.1:" + nobody.port())
                .secrets("ada", "s3cret")
                .threads("MQTT")
                .says(text -> probe.publish(topic, text, 0))
                .hears(() -> probe.texts(topic))
                .cuts(() -> network.inject(Fault.RESET))
                .stalls(() -> network.inject(Fault.STOP_READING))
                .mends(network::restore)
                .connections(network::accepted)
                .closes(() -> {
                    network.close();
                    nobody.close();
                })
                .build();
    }

    private static MqttEndpoint endpoint(FaultProxy network, String topic) {
        return MqttEndpoint.builder("mqtt")
                .uri("mqtt://ada:s3cret@127.0.0.1:" + network.port())
                .topic(topic)
                .build();
    }
}
// endregion
