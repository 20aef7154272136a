package io.araldo.examples.hosts;

import java.util.Map;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainer;

/** Tyrus as others start it, not as {@link OwnPortIT} does. */
class TyrusIT extends HostContract {
    private final ServerContainer tyrus = new GrizzlyServerContainer().createContainer(Map.of());

    @Override
    void startHost() throws Exception {
        deployIn(tyrus);
        tyrus.start("", 0);
    }

    @Override
    void stopHost() {
        tyrus.stop();
    }

    @Override
    int port() {
        return ((TyrusServerContainer) tyrus).getPort();
    }
}
