package io.araldo.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The one server of a configuration file, put together from what its endpoints say of it. For one thread. */
final class ConfiguredServer {
    private final List<WebSocketServerSettings> all;
    private final WebSocketServer server;
    private final Map<String, String> names = new HashMap<>();

    /** @param all that the file says of endpoints of this server, in its order */
    ConfiguredServer(int port, List<WebSocketServerSettings> all) {
        this.all = all;
        WebSocketServerBuilder builder = WebSocketServer.builder().port(port);
        agreed(WebSocketServerSettings::host).ifPresent(builder::host);
        agreed(WebSocketServerSettings::allowedOrigins)
                .ifPresent(origins -> builder.allowedOrigins(origins.toArray(String[]::new)));
        agreed(WebSocketServerSettings::maxMessageBytes).ifPresent(builder::maxMessageBytes);
        agreed(WebSocketServerSettings::maxSessions).ifPresent(builder::maxSessions);
        agreed(WebSocketServerSettings::maxSessionsPerAddress).ifPresent(builder::maxSessionsPerAddress);
        agreed(WebSocketServerSettings::outboundMessages).ifPresent(builder::outboundMessages);
        agreed(WebSocketServerSettings::slowSession).ifPresent(builder::slowSession);
        agreed(WebSocketServerSettings::stallTimeout).ifPresent(builder::stallTimeout);
        this.server = builder.build();
    }

    /** What the first says of those that say anything. */
    private <T> Optional<T> agreed(Function<WebSocketServerSettings, Optional<T>> option) {
        return all.stream().map(option).flatMap(Optional::stream).findFirst();
    }

    /**
     * An endpoint of the server.
     *
     * @throws IllegalArgumentException if the path is another's, or the settings say something else of the server than
     *     others; a line for each mistake
     */
    WebSocketServerEndpoint endpoint(String name, WebSocketServerSettings settings) {
        List<String> mistakes = new ArrayList<>();
        compare("host", WebSocketServerSettings::host, settings, mistakes);
        compare("allowed-origins", WebSocketServerSettings::allowedOrigins, settings, mistakes);
        compare("max-message-bytes", WebSocketServerSettings::maxMessageBytes, settings, mistakes);
        compare("max-sessions", WebSocketServerSettings::maxSessions, settings, mistakes);
        compare("max-sessions-per-address", WebSocketServerSettings::maxSessionsPerAddress, settings, mistakes);
        compare("outbound-messages", WebSocketServerSettings::outboundMessages, settings, mistakes);
        compare("slow-session", WebSocketServerSettings::slowSession, settings, mistakes);
        compare("stall-timeout", WebSocketServerSettings::stallTimeout, settings, mistakes);
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

    private <T> void compare(
            String key,
            Function<WebSocketServerSettings, Optional<T>> option,
            WebSocketServerSettings settings,
            List<String> mistakes) {
        Optional<T> agreed = agreed(option);
        if (option.apply(settings).isPresent() && !option.apply(settings).equals(agreed)) {
            mistakes.add(key + ": found " + option.apply(settings).get()
                    + " where another endpoint of the same server has " + agreed.orElseThrow() + "; write it once");
        }
    }
}
