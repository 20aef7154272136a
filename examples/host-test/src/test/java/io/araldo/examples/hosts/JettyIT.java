package io.araldo.examples.hosts;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

class JettyIT extends HostContract {
    private final Server jetty = new Server(0);

    @Override
    void startHost() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(context, (servlets, container) -> deployIn(container));
        jetty.setHandler(context);
        jetty.start();
    }

    @Override
    void stopHost() throws Exception {
        jetty.stop();
    }

    @Override
    int port() {
        return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    }
}
