package io.araldo.redis;

import io.araldo.Endpoint;
import io.araldo.config.Direction;
import io.araldo.config.EndpointProvider;
import io.araldo.config.ProviderContext;

/** Makes a {@link RedisPubSubEndpoint} of an {@code endpoint-redis} in a configuration file. */
@SuppressWarnings("exports") // the settings are for the core alone, which makes them by reflection
public final class RedisPubSubProvider implements EndpointProvider<RedisPubSubSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public RedisPubSubProvider() {}

    @Override
    public String id() {
        return "endpoint-redis";
    }

    @Override
    public Class<RedisPubSubSettings> settings() {
        return RedisPubSubSettings.class;
    }

    @Override
    public Endpoint create(String name, RedisPubSubSettings settings, ProviderContext context) {
        checkChannel(settings);
        RedisPubSubEndpoint.Builder builder = RedisPubSubEndpoint.builder(name)
                .uri(settings.uri())
                .marshaller(settings.marshaller())
                .maxInFlight(settings.maxInFlight());
        settings.channel().ifPresent(builder::channel);
        settings.pattern().ifPresent(builder::pattern);
        return builder.build();
    }

    private static void checkChannel(RedisPubSubSettings settings) {
        if (settings.channel().isEmpty() && settings.pattern().isEmpty()) {
            throw new IllegalArgumentException("channel: missing; write channel: chat, or pattern: 'news.*'");
        }
        if (settings.channel().isPresent() && settings.pattern().isPresent()) {
            throw new IllegalArgumentException(
                    "pattern: found beside a channel; write one of the two, or make two endpoints");
        }
    }

    /** Nothing can be published to a pattern. */
    @Override
    public Direction direction(RedisPubSubSettings settings) {
        return settings.pattern().isPresent() ? Direction.SOURCE : Direction.BOTH;
    }
}
