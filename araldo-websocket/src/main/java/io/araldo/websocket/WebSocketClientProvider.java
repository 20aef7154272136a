package io.araldo.websocket;

import io.araldo.Endpoint;
import io.araldo.config.EndpointProvider;
import io.araldo.config.ProviderContext;
import java.util.List;

/** Makes a {@link WebSocketClientEndpoint} of an {@code endpoint-websocket-client} in a configuration file. */
@SuppressWarnings("exports") // the settings are for the core alone, which makes them by reflection
public final class WebSocketClientProvider implements EndpointProvider<WebSocketClientSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public WebSocketClientProvider() {}

    @Override
    public String id() {
        return "endpoint-websocket-client";
    }

    @Override
    public Class<WebSocketClientSettings> settings() {
        return WebSocketClientSettings.class;
    }

    @Override
    public Endpoint create(String name, WebSocketClientSettings settings, ProviderContext context) {
        WebSocketClientBuilder builder = WebSocketClientEndpoint.builder(name)
                .uri(settings.uri())
                .marshaller(settings.marshaller())
                .maxMessageBytes(settings.maxMessageBytes())
                .outboundMessages(settings.outboundMessages())
                .outboundBytes(settings.outboundBytes())
                .pingInterval(settings.pingInterval())
                .pongTimeout(settings.pongTimeout());
        for (String header : settings.headers().orElse(List.of())) {
            int colon = header.indexOf(':');
            builder.header(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        builder.subprotocol(settings.subprotocols().orElse(List.of()).toArray(String[]::new));
        settings.proxy().ifPresent(builder::proxy);
        if (settings.echoes()) {
            builder.echoes();
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(inTermsOfTheFile(String.valueOf(e.getMessage())), e);
        }
    }

    /** The builder's mistakes, one a line, each with the key of its setting first. */
    private static String inTermsOfTheFile(String mistakes) {
        return mistakes.replace("; ", "\n")
                .replaceAll("(?m)^(\\w+) of (uri|proxy): ", "$2: $1 ")
                .replaceAll("(?m)^header: ", "headers: ")
                .replaceAll("(?m)^(value of header )", "headers: $1")
                .replaceAll("(?m)^subprotocol: ", "subprotocols: ");
    }
}
