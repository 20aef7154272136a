package io.araldo.websocket;

import io.araldo.Marshaller;
import io.araldo.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a configuration file may say of a {@link WebSocketClientEndpoint}. */
record WebSocketClientSettings(
        @Setting(
                value = "The server to connect to: ws://[user:password@]host[:port]/path[?query], or wss:// for TLS.",
                expected = "a URI such as ws://host:port/path or wss://host/path",
                example = "wss://feed.example.org/chat",
                secret = true)
        String uri,

        @Setting(
                value = "Headers of the handshake, each as in HTTP: a name, a colon, a value.",
                pattern = "[^:\\s]+:.*",
                expected = "a header such as 'X-Tenant: blue'",
                example = "['Authorization: Bearer ${TOKEN}']",
                secret = true)
        Optional<List<String>> headers,

        @Setting(value = "Subprotocols to offer, the one preferred first.", example = "[v2.chat, v1.chat]")
        Optional<List<String>> subprotocols,

        @Setting(
                value = "An HTTP proxy to go through: http://[user:password@]host:port.",
                expected = "a URI such as http://host:port",
                example = "http://proxy.example.org:3128",
                secret = true)
        Optional<String> proxy,

        @Setting(value = "How messages look to the server.", defaultValue = "marshal-raw")
        Marshaller marshaller,

        @Setting(
                value = "The largest message that the server may send; beyond it the connection is closed with 1009.",
                defaultValue = "1048576",
                min = 1)
        int maxMessageBytes,

        @Setting(
                value = "How many messages may wait, or be written and not confirmed; beyond it they are dropped.",
                defaultValue = "4096",
                min = 1)
        int outboundMessages,

        @Setting(
                value = "How many bytes may wait to be written; beyond it messages are dropped.",
                defaultValue = "16777216",
                min = 1)
        long outboundBytes,

        @Setting(
                value = "After how long without a byte from the server it is sent a ping.",
                defaultValue = "20s",
                min = 1)
        Duration pingInterval,

        @Setting(
                value = "For how long the server may stay silent after a ping before it counts as lost.",
                defaultValue = "10s",
                min = 1)
        Duration pongTimeout,

        @Setting(
                value = "Whether the server sends what it gets to its other clients; then circles of routes are found.",
                defaultValue = "false")
        boolean echoes) {}
