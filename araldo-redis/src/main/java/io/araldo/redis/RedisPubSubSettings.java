package io.araldo.redis;

import io.araldo.Marshaller;
import io.araldo.config.Setting;
import java.util.Optional;

/** What a configuration file may say of a {@link RedisPubSubEndpoint}. */
record RedisPubSubSettings(
        @Setting(
                value = "Where the server is: redis://[[user]:password@]host[:port][/database], or rediss:// for TLS.",
                example = "redis://localhost:6379",
                secret = true)
        String uri,

        @Setting(value = "The channel to read from and to write to; either this or a pattern.", example = "chat")
        Optional<String> channel,

        @Setting(value = "Reads from all channels that match; such an endpoint is a source only.", example = "'news.*'")
        Optional<String> pattern,

        @Setting(value = "How messages look in the channel.", defaultValue = "marshal-raw")
        Marshaller marshaller,

        @Setting(
                value = "How many messages may be sent and not answered yet; what is beyond that is dropped.",
                defaultValue = "10000",
                min = 1,
                max = 1_000_000)
        int maxInFlight) {}
