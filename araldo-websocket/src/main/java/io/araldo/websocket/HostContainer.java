package io.araldo.websocket;

import io.araldo.EndpointException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The container of a host, and the paths that were deployed there: once each and for good, since Jakarta has no way
 * back. Who is served there changes: a {@link HostedServer}, or nobody.
 */
final class HostContainer {
    private final ServerContainer container;
    private final OriginRule origins;
    private final @Nullable Identification identification;
    private final Set<String> deployed = ConcurrentHashMap.newKeySet();

    /** Replaced each time the server is bound; {@code null} between. */
    private volatile @Nullable HostedServer serving;

    HostContainer(ServerContainer container, ServerOptions options) {
        Authenticator authenticator = options.authenticator();
        this.container = container;
        this.origins = new OriginRule(options.allowedOrigins(), false);
        this.identification = authenticator == null ? null : new Identification(authenticator);
    }

    /**
     * Deploys a path, if that has not been done. Blocks for as long as the container does.
     *
     * @throws EndpointException if the container does not take it
     */
    void deploy(String path) {
        if (!deployed.add(path)) {
            return;
        }
        try {
            container.addEndpoint(HostedEndpoint.configOf(path, this));
        } catch (DeploymentException | RuntimeException e) {
            deployed.remove(path);
            throw new EndpointException(
                    "cannot deploy " + path + " in the host's container: " + e.getMessage()
                            + " (expected: a path that is free, deployed while the container lets one: some refuse once"
                            + " they have started)",
                    e);
        }
    }

    OriginRule origins() {
        return origins;
    }

    /** Whether an authenticator says who clients are, and not the host. */
    boolean authenticates() {
        return identification != null;
    }

    /** Says who a client is: whoever the host says, unless an authenticator does. Blocks for as long as that does. */
    Verdict identify(ClientHandshake handshake, @Nullable Identity known) {
        return identification != null ? identification.ask(handshake) : new Verdict(known, null);
    }

    /** Who takes the sessions now. */
    @Nullable
    HostedServer serving() {
        return serving;
    }

    void serve(@Nullable HostedServer server) {
        serving = server;
    }

    @Override
    public String toString() {
        return container.getClass().getSimpleName();
    }
}
