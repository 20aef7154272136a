package io.araldo.examples.backend;

import io.araldo.Endpoint;
import io.araldo.LocalEndpoint;
import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.Relay;
import io.araldo.RelayBuilder;
import io.araldo.Route;
import io.araldo.websocket.WebSocketServer;
import java.util.Locale;

/**
 * The relay of the example. The path speaks the JSON envelope, so that a browser's {@code correlation} comes back with the
 * answer; the answer goes to the session that asked, and to no other.
 */
final class Backend {
    final LocalEndpoint application = LocalEndpoint.create("application");
    private final WebSocketServer server;

    Backend(int port) {
        server = WebSocketServer.builder()
                .port(port)
                .resources("/", Backend.class, "backend-page")
                .build();
        application.onMessage(this::answer);
    }

    private void answer(Message question) {
        application.reply(question, question.payload().text().toUpperCase(Locale.ROOT));
    }

    RelayBuilder relay() {
        Endpoint browsers = server.endpoint("browsers", "/ask").withMarshaller(Marshaller.json());
        return Relay.builder()
                .name("backend")
                .route(
                        Route.from(browsers)
                                .filter(message -> message.payload().isText())
                                .to(application),
                        Route.from(application).to(browsers));
    }

    int port() {
        return server.port();
    }
}
