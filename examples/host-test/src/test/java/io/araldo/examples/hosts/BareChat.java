package io.araldo.examples.hosts;

import static io.araldo.examples.hosts.Visitor.await;

import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.websocket.WebSocketServer;
import io.araldo.websocket.WebSocketServerEndpoint;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

/** A program that chats in a Tomcat: see {@link WithoutTyrusIT}. */
final class BareChat {
    private BareChat() {}

    public static void main(String[] arguments) throws Exception {
        AtomicReference<WebSocketServerEndpoint> chat = new AtomicReference<>();
        try (EmbeddedTomcat tomcat = new EmbeddedTomcat()) {
            tomcat.start(container -> chat.set(WebSocketServer.builder()
                    .in(container)
                    .endpoint("chat", "/chat")
                    .withEcho()));
            URI uri = URI.create("ws://localhost:" + tomcat.port() + "/chat");
            try (Relay relay = Relay.start(Route.from(chat.get()).to(chat.get()));
                    Visitor ada = Visitor.connect(uri)) {
                ada.send("hello");
                await().until(() -> ada.texts().contains("hello"));
                System.out.println("chatted by " + relay.name());
            }
        }
    }
}
