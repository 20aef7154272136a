package io.araldo.websocket;

import io.araldo.Endpoint;
import io.araldo.config.EndpointProvider;
import io.araldo.config.ProviderContext;

/** Makes a {@link WebSocketServerEndpoint} of an {@code endpoint-websocket} in a configuration file. */
@SuppressWarnings("exports") // the settings are for the core alone, which makes them by reflection
public final class WebSocketServerProvider implements EndpointProvider<WebSocketServerSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public WebSocketServerProvider() {}

    @Override
    public String id() {
        return "endpoint-websocket";
    }

    @Override
    public Class<WebSocketServerSettings> settings() {
        return WebSocketServerSettings.class;
    }

    @Override
    public Endpoint create(String name, WebSocketServerSettings settings, ProviderContext context) {
        int port = context.serverPort()
                .orElseThrow(() -> new IllegalArgumentException(
                        "found no port to listen on; write server-port: 54321 in the section global"));
        ConfiguredServer server = context.shared(
                ConfiguredServer.class,
                () -> new ConfiguredServer(port, context.instances(WebSocketServerSettings.class)));
        WebSocketServerEndpoint endpoint = server.endpoint(name, settings).withMarshaller(settings.marshaller());
        return settings.echo() ? endpoint.withEcho() : endpoint;
    }
}
