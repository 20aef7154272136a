import io.araldo.config.EndpointProvider;
import io.araldo.examples.interop.MqttProvider;

/** An MQTT endpoint for Araldo, as a third party would write it; and a demo. */
// region module
@SuppressWarnings("requires-automatic") // Paho has no module descriptor
module io.araldo.examples.interop {
    requires transitive io.araldo;
    requires static org.jspecify;
    requires org.eclipse.paho.client.mqttv3;
    requires org.slf4j;

    exports io.araldo.examples.interop;

    provides EndpointProvider with
            MqttProvider;
    // endregion

    // Of the demo alone: whoever uses the endpoint does not need them.
    requires static io.araldo.redis;
    requires static io.araldo.websocket;
    requires static moquette.broker;
}
