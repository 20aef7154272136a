package io.araldo.examples.interop;

import io.araldo.Endpoint;
import io.araldo.config.Direction;
import io.araldo.config.EndpointProvider;
import io.araldo.config.ProviderContext;

/** Makes MQTT endpoints from configuration files, where they have the id {@code endpoint-mqtt}. */
// region provider
public final class MqttProvider implements EndpointProvider<MqttSettings> {
    /** For the service loader. */
    public MqttProvider() {}

    @Override
    public String id() {
        return "endpoint-mqtt";
    }

    @Override
    public Class<MqttSettings> settings() {
        return MqttSettings.class;
    }

    @Override
    public Endpoint create(String name, MqttSettings settings, ProviderContext context) {
        return MqttEndpoint.builder(name)
                .uri(settings.uri())
                .topic(settings.topic())
                .qos(settings.qos())
                .maxInFlight(settings.maxInFlight())
                .marshaller(settings.marshaller())
                .build();
    }

    @Override
    public Direction direction(MqttSettings settings) {
        return MqttEndpoint.isFilter(settings.topic()) ? Direction.SOURCE : Direction.BOTH;
    }
}
// endregion
