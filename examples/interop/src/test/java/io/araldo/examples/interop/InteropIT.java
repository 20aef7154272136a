package io.araldo.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.testing.RedisCli;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import io.araldo.websocket.WebSocketServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InteropIT {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterEachTest().watching("MQTT");

    private final WebSocketServer server = Interop.server(0);

    private TestWebSocket browser() {
        int before = server.sessionCount();
        TestWebSocket browser = TestWebSocket.connect(URI.create("ws://localhost:" + server.port() + "/plant"));
        await().until(() -> server.sessionCount() == before + 1);
        return browser;
    }

    @Test
    void readingsReachBrowsersAndRedisAndCommandsOfBothReachTheBroker() throws Exception {
        try (RedisServerProcess redis = RedisServerProcess.start();
                DemoBroker broker = DemoBroker.start(0);
                Relay relay = Interop.relay(broker.uri(), redis.uri(), server).start();
                MqttProbe plant = new MqttProbe(broker.port()).listening("plant/#");
                RedisCli subscriber = RedisCli.connect(redis.port());
                RedisCli publisher = RedisCli.connect(redis.port());
                TestWebSocket browser = browser()) {
            subscriber.call("SUBSCRIBE", "plant.readings");
            plant.publish("plant/readings/boiler", "71");
            await().until(() -> browser.received().equals(List.of("71")));
            assertThat(subscriber.next()).contains("plant.readings").contains("71");

            browser.send("stop");
            await().until(() -> plant.received().contains("plant/commands: stop"));
            publisher.publish("plant.commands", "start".getBytes(StandardCharsets.UTF_8));
            await().until(() -> plant.received().contains("plant/commands: start"));

            await().untilAsserted(() -> {
                relay.ledger().assertConserved();
                assertThat(relay.ledger().leg("browsers->machines", "machines").delivered())
                        .isEqualTo(1);
            });
            assertThat(plant.received()).hasSize(3);
            assertThat(browser.received()).hasSize(1);
        }
    }

    @Test
    void brokerThatIsRestartedLeavesGapAndMessagesGoOn() throws IOException, MqttException {
        List<RelayEvent> events = new CopyOnWriteArrayList<>();
        DemoBroker broker = DemoBroker.start(0);
        int port = broker.port();
        try (RedisServerProcess redis = RedisServerProcess.start();
                Relay relay = Interop.relay(broker.uri(), redis.uri(), server)
                        .events(events::add)
                        .start();
                TestWebSocket browser = browser()) {
            broker.close();
            await().until(() -> count(events, RelayEvent.LinkLost.class) == 2);
            browser.send("lost");
            await().until(() -> relay.ledger()
                    .leg("browsers->machines", "machines")
                    .dropped()
                    .getOrDefault(DropReason.NOT_WRITABLE, 0L)
                    .equals(1L));
            broker = DemoBroker.start(port);
            await().until(() -> count(events, RelayEvent.Gap.class) == 2);
            assertThat(count(events, RelayEvent.LinkRestored.class)).isEqualTo(2);
            try (MqttProbe plant = new MqttProbe(port).listening("plant/commands")) {
                browser.send("stop");
                await().until(() -> plant.received().equals(List.of("plant/commands: stop")));
                plant.publish("plant/readings/boiler", "71");
                await().until(() -> browser.received().equals(List.of("71")));
            }
            await().untilAsserted(() -> relay.ledger().assertConserved());
        } finally {
            broker.close();
        }
    }

    private static long count(List<RelayEvent> events, Class<? extends RelayEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }
}
