/** WebSocket endpoints for Araldo, on Tyrus. */
module io.araldo.websocket {
    requires transitive io.araldo;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires transitive jakarta.websocket;
    requires jakarta.websocket.client;
    requires org.glassfish.grizzly;
    requires org.glassfish.grizzly.http;
    requires org.glassfish.tyrus.client;
    requires org.glassfish.tyrus.core;
    requires org.glassfish.tyrus.server;
    requires org.glassfish.tyrus.spi;

    exports io.araldo.websocket;

    // Settings are records that the core makes from configuration files.
    opens io.araldo.websocket to
            io.araldo;

    provides io.araldo.config.EndpointProvider with
            io.araldo.websocket.WebSocketClientProvider,
            io.araldo.websocket.WebSocketServerProvider;
}
