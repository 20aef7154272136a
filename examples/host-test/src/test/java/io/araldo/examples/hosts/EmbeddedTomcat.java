package io.araldo.examples.hosts;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.websocket.server.WsSci;

/** A Tomcat with a context for WebSockets. */
final class EmbeddedTomcat implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();
    private final Context context;

    EmbeddedTomcat() {
        tomcat.setBaseDir("target/tomcat");
        tomcat.setPort(0);
        context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "files", new DefaultServlet()).addMapping("/");
    }

    /** Ahead of the handshakes. */
    EmbeddedTomcat filter(Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("first");
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("first");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
        return this;
    }

    EmbeddedTomcat start(Consumer<ServerContainer> deploy) throws LifecycleException {
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, servlets) -> deploy.accept(containerOf(servlets)), null);
        tomcat.getConnector();
        tomcat.start();
        return this;
    }

    static ServerContainer containerOf(ServletContext servlets) {
        return (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
