package io.araldo.examples.interop;

import io.araldo.Marshaller;
import io.araldo.config.Setting;

/** What a configuration file may say of an MQTT endpoint. Public, as the module {@code io.araldo} makes it by reflection. */
// region settings
public record MqttSettings(
        @Setting(
                value = "Where the broker is, and how to log in: mqtt://[user[:password]@]host[:port].",
                example = "mqtt://localhost:1883",
                secret = true)
        String uri,

        @Setting(
                value = "The topic to read from and to write to, or a filter (with + or #), to read from.",
                example = "plant/commands")
        String topic,

        @Setting(
                value = "The quality of service: 0, at most once, or 1, at least once.",
                defaultValue = "1",
                min = 0,
                max = 1)
        int qos,

        @Setting(
                value = "How many messages may be sent and not answered yet.",
                defaultValue = "1000",
                min = 1,
                max = 60_000)
        int maxInFlight,

        @Setting(value = "How messages look in the topic.", defaultValue = "marshal-raw")
        Marshaller marshaller) {}
// endregion
