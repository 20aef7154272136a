package io.araldo.config;

import io.araldo.Endpoint;
import io.araldo.Marshaller;
import io.araldo.MockEndpoint;
import java.util.Optional;

/** Makes endpoints without a transport, to try out routes. */
final class MockProvider implements EndpointProvider<MockProvider.MockSettings> {
    /** The channel is taken for the sake of old files. */
    record MockSettings(
            @Setting(
                    value = "The channel that it stands for; a mock has none, so this is a remark.",
                    example = "channel_1")
            Optional<String> channel,

            @Setting(value = "How messages look on its wire.", defaultValue = "marshal-raw")
            Marshaller marshaller) {}

    @Override
    public String id() {
        return "endpoint-mock";
    }

    @Override
    public Class<MockSettings> settings() {
        return MockSettings.class;
    }

    @Override
    public Endpoint create(String name, MockSettings settings, ProviderContext context) {
        return MockEndpoint.create(name, settings.marshaller());
    }
}
