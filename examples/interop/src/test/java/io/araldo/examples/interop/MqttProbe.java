package io.araldo.examples.interop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Looks at a broker from outside: publishes, and remembers what it receives, as {@code topic: payload}. */
final class MqttProbe implements AutoCloseable {
    private final MqttClient client;
    private final List<String> received = new CopyOnWriteArrayList<>();

    MqttProbe(int port) throws MqttException {
        client = new MqttClient("tcp://127.0.0.1:" + port, "probe-" + System.nanoTime(), new MemoryPersistence());
        client.setTimeToWait(10_000);
        client.connect(new MqttConnectOptions());
    }

    MqttProbe listening(String filter) throws MqttException {
        client.subscribe(
                filter,
                1,
                (topic, message) ->
                        received.add(topic + ": " + new String(message.getPayload(), StandardCharsets.UTF_8)));
        return this;
    }

    void publish(String topic, String text) {
        publish(topic, text, 1);
    }

    /** Publishes; with quality of service 0 it does not wait for the broker. */
    void publish(String topic, String text, int qos) {
        try {
            client.publish(topic, text.getBytes(StandardCharsets.UTF_8), qos, false);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> received() {
        return List.copyOf(received);
    }

    /** What it has received from one topic. */
    List<String> texts(String topic) {
        String prefix = topic + ": ";
        return received.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect(0);
            }
            client.close();
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }
}
