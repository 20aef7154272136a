package io.araldo.websocket;

import io.araldo.Marshaller;
import io.araldo.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration file may say of a {@link WebSocketServerEndpoint}. From {@code host} on it is said of the server,
 * which all endpoints of the file share: one of them says it, or several the same.
 */
record WebSocketServerSettings(
        @Setting(
                value = "The path that clients connect to; each value of a variable, as in /room/{room}, is a room.",
                expected = "a path such as /chat or /room/{room}",
                example = "/chat")
        String path,

        @Setting(value = "Whether a client gets back what it sent, if a route brings it.", defaultValue = "false")
        boolean echo,

        @Setting(value = "How messages look to clients.", defaultValue = "marshal-raw")
        Marshaller marshaller,

        @Setting(
                value = "Of the server: the address to listen on, 127.0.0.1 unless set; 0.0.0.0 is all.",
                example = "0.0.0.0")
        Optional<String> host,

        @Setting(
                value = "Of the server: the web pages that may connect, by their origin; only its own unless set.",
                pattern = "null|https?://[^/?#\\s@]+",
                expected = "an origin such as https://chat.example.org",
                example = "[https://chat.example.org]")
        Optional<List<String>> allowedOrigins,

        @Setting(
                value = "Of the server: the largest message that a client may send; 1048576 unless set.",
                min = 1,
                example = "65536")
        Optional<Integer> maxMessageBytes,

        @Setting(value = "Of the server: how many sessions there may be; 10000 unless set.", min = 1, example = "1000")
        Optional<Integer> maxSessions,

        @Setting(
                value = "Of the server: how many sessions there may be from one IP address; 1000 unless set.",
                min = 1,
                example = "100")
        Optional<Integer> maxSessionsPerAddress,

        @Setting(
                value = "Of the server: how many messages a session may be behind the fastest; 4096 unless set.",
                min = 1,
                example = "1000")
        Optional<Integer> outboundMessages,

        @Setting(
                value = "Of the server: how many bytes a session may be behind the fastest; 16777216 unless set.",
                min = 1,
                example = "1048576")
        Optional<Long> outboundBytes,

        @Setting(
                value =
                        "Of the server: how many bytes may wait for all sessions, and as many again of what is addressed; an eighth of the heap unless set, 268435456 at most.",
                min = 1,
                example = "67108864")
        Optional<Long> outboundTotalBytes,

        @Setting(
                value = "Of the server: what happens to a session that is further behind; disconnect unless set.",
                example = "drop-oldest")
        Optional<SlowSession> slowSession,

        @Setting(
                value =
                        "Of the server: how long a session's connection may take nothing before it is ended; 10s unless set.",
                min = 1,
                example = "5s")
        Optional<Duration> stallTimeout,

        @Setting(
                value = "Of the server: after how long without a byte from a client it is sent a ping; 20s unless set.",
                min = 1,
                example = "30s")
        Optional<Duration> pingInterval,

        @Setting(
                value =
                        "Of the server: how long a client may stay silent after a ping before it is ended; 10s unless set.",
                min = 1,
                example = "5s")
        Optional<Duration> pongTimeout,

        @Setting(
                value = "Of the server: a directory whose files are served at /, for pages that connect.",
                expected = "a directory that exists, such as web",
                example = "web")
        Optional<String> files) {}
