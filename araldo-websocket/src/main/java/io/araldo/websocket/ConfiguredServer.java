package io.araldo.websocket;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The one server of a configuration file, put together from what its endpoints say of it. For one thread. */
final class ConfiguredServer {
    private static final List<Option<?>> OPTIONS = List.of(
            new Option<>("host", WebSocketServerSettings::host, WebSocketServerBuilder::host),
            new Option<>(
                    "allowed-origins",
                    WebSocketServerSettings::allowedOrigins,
                    (builder, origins) -> builder.allowedOrigins(origins.toArray(String[]::new))),
            new Option<>(
                    "max-message-bytes",
                    WebSocketServerSettings::maxMessageBytes,
                    WebSocketServerBuilder::maxMessageBytes),
            new Option<>("max-sessions", WebSocketServerSettings::maxSessions, WebSocketServerBuilder::maxSessions),
            new Option<>(
                    "max-sessions-per-address",
                    WebSocketServerSettings::maxSessionsPerAddress,
                    WebSocketServerBuilder::maxSessionsPerAddress),
            new Option<>(
                    "outbound-messages",
                    WebSocketServerSettings::outboundMessages,
                    WebSocketServerBuilder::outboundMessages),
            new Option<>(
                    "outbound-bytes", WebSocketServerSettings::outboundBytes, WebSocketServerBuilder::outboundBytes),
            new Option<>(
                    "outbound-total-bytes",
                    WebSocketServerSettings::outboundTotalBytes,
                    WebSocketServerBuilder::outboundTotalBytes),
            new Option<>("slow-session", WebSocketServerSettings::slowSession, WebSocketServerBuilder::slowSession),
            new Option<>("stall-timeout", WebSocketServerSettings::stallTimeout, WebSocketServerBuilder::stallTimeout),
            new Option<>("ping-interval", WebSocketServerSettings::pingInterval, WebSocketServerBuilder::pingInterval),
            new Option<>("pong-timeout", WebSocketServerSettings::pongTimeout, WebSocketServerBuilder::pongTimeout),
            new Option<>("files", WebSocketServerSettings::files, ConfiguredServer::serve));

    private final List<WebSocketServerSettings> all;
    private final WebSocketServer server;
    private final Map<String, String> names = new HashMap<>();

    /** @param all that the file says of endpoints of this server, in its order */
    ConfiguredServer(int port, List<WebSocketServerSettings> all) {
        this.all = all;
        WebSocketServerBuilder builder = WebSocketServer.builder().port(port);
        OPTIONS.forEach(option -> option.set(builder, all));
        this.server = builder.build();
    }

    /** Something that is said of the server, at whichever endpoint. */
    private record Option<T>(
            String key,
            Function<WebSocketServerSettings, Optional<T>> value,
            BiConsumer<WebSocketServerBuilder, T> setter) {

        /** What the first says of those that say anything. */
        private Optional<T> agreed(List<WebSocketServerSettings> all) {
            return all.stream().map(value).flatMap(Optional::stream).findFirst();
        }

        void set(WebSocketServerBuilder builder, List<WebSocketServerSettings> all) {
            agreed(all).ifPresent(agreed -> setter.accept(builder, agreed));
        }

        void compare(WebSocketServerSettings settings, List<WebSocketServerSettings> all, List<String> mistakes) {
            Optional<T> said = value.apply(settings);
            if (said.isPresent() && !said.equals(agreed(all))) {
                mistakes.add(key + ": found " + shown(said.get()) + " where another endpoint of the same server has "
                        + shown(agreed(all).orElseThrow()) + "; write it once");
            }
        }
    }

    /** As a file says it. */
    private static String shown(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis() + "ms";
        }
        return value instanceof SlowSession slow
                ? slow.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    /** What is no directory is a mistake of the endpoint that says so, see {@link #endpoint}. */
    private static void serve(WebSocketServerBuilder builder, String directory) {
        if (isDirectory(directory)) {
            builder.files("/", Path.of(directory));
        }
    }

    private static boolean isDirectory(String directory) {
        try {
            return Files.isDirectory(Path.of(directory));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * An endpoint of the server.
     *
     * @throws IllegalArgumentException if the path is another's, or the settings say something else of the server than
     *     others, or name a directory that is none; a line for each mistake
     */
    WebSocketServerEndpoint endpoint(String name, WebSocketServerSettings settings) {
        List<String> mistakes = new ArrayList<>();
        OPTIONS.forEach(option -> option.compare(settings, all, mistakes));
        settings.files()
                .filter(files -> !isDirectory(files))
                .ifPresent(
                        files -> mistakes.add(
                                "files: found '" + files
                                        + "', which is no directory; write one that exists, from the directory that the program runs in"));
        String other = names.putIfAbsent(settings.path(), name);
        if (other != null) {
            mistakes.add("path: found '" + settings.path() + "', which endpoint '" + other
                    + "' has; write another path, or use that endpoint in both routes");
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", mistakes));
        }
        return server.endpoint(name, settings.path());
    }
}
