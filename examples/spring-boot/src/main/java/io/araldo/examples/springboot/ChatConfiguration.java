package io.araldo.examples.springboot;

import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.websocket.WebSocketServer;
import io.araldo.websocket.WebSocketServerEndpoint;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

// region configuration
/** What one browser says, the others hear. */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {
    @Bean
    WebSocketServer webSockets(ServletContext servlets, @Value("${chat.origins}") String[] origins) {
        Object container = servlets.getAttribute(ServerContainer.class.getName());
        return WebSocketServer.builder().allowedOrigins(origins).in((ServerContainer) container);
    }

    @Bean
    Relay chat(WebSocketServer webSockets) {
        WebSocketServerEndpoint browsers = webSockets.endpoint("browsers", "/chat");
        return Relay.builder()
                .name("chat")
                .route(Route.from(browsers).to(browsers))
                .start();
    }

    /** Before the container goes, which would cut browsers off without a word. */
    @Bean
    ApplicationListener<ContextClosedEvent> farewell(Relay chat) {
        return event -> chat.close();
    }
}
// endregion
