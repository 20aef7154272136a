package io.araldo.websocket;

import io.araldo.EndpointException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What exists while at least one endpoint of a {@link WebSocketServer} is open: on a port of its own, or in a host. */
interface Bound {
    /**
     * The port that is bound.
     *
     * @throws IllegalStateException if that is the host's affair
     */
    int port();

    /** Where clients find a path. */
    URI address(String path);

    /** Runs what writes to many sessions; one thread at most for each processor. */
    Executor writers();

    /**
     * Makes a link ready for handshakes.
     *
     * @throws EndpointException if that is not possible
     */
    ServerPath path(ServerLink link);

    /** Lets go of everything; complete when no thread is left, and the port is free. */
    CompletableFuture<Void> release();
}
