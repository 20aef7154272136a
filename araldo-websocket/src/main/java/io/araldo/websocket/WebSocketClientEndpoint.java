package io.araldo.websocket;

import io.araldo.Endpoint;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Marshaller;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A WebSocket server to which this relay connects as a client: immutable. What is sent to it goes to that server as one
 * message each, text or binary; what the server sends is received. It is a peer, as a broker is, and not a client: what
 * its envelope says of origin, trail, hops and id is trusted, so connect only to servers that may say it. A message's
 * address is left to the peer: an enveloping marshaller carries it.
 *
 * <p><b>Delivered</b> means that the server's WebSocket implementation (or a gateway before it) has read the message:
 * with each batch goes a ping, and the pong that answers it confirms what was written before (a server must answer, in
 * order: RFC 6455 section 5.5.2). When the connection breaks, what was not written is dropped
 * ({@link io.araldo.DropReason#NOT_WRITABLE}) and what was written and not confirmed is unknown. So what the server has
 * not got is never more than what the ledger calls dropped or unknown.
 *
 * <p>One connection for each link. It is lost when it breaks, when the server closes it, sends what it must not, or is
 * silent for too long; the relay then opens another. While a message that came finds no room, the connection is not
 * read; pongs are not either then, so what waits for one for over a second becomes unknown.
 */
public final class WebSocketClientEndpoint implements Endpoint {
    private final ClientOptions options;

    WebSocketClientEndpoint(ClientOptions options) {
        this.options = options;
    }

    /**
     * Options for an endpoint; {@link WebSocketClientBuilder#uri} must be among them.
     *
     * @param name unique in its relay: 1 to 64 letters, digits, {@code . _ -}
     */
    public static WebSocketClientBuilder builder(String name) {
        return new WebSocketClientBuilder(name);
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public Marshaller marshaller() {
        return options.marshaller();
    }

    /** The server's URI without its query, if it {@linkplain WebSocketClientBuilder#echoes echoes}; else nothing. */
    @Override
    public Set<String> writes() {
        return options.resources();
    }

    /** The same. */
    @Override
    public boolean reads(String resource) {
        return options.resources().contains(resource);
    }

    ClientOptions options() {
        return options;
    }

    /** {@code true}: the connection is not read while there is no room. */
    @Override
    public boolean canWait() {
        return true;
    }

    /**
     * Connects, and blocks until the handshake is done: at most 5 s, and as long as the name of the host takes to be
     * resolved.
     *
     * @throws io.araldo.EndpointException if there is no connection; the line names endpoint, address and reason, and
     *     never a user, a password or a query
     */
    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        return CompletableFuture.completedFuture(ClientAttempt.connect(options, inbox, context));
    }

    @Override
    public String toString() {
        return "WebSocketClientEndpoint[" + options.name() + ", " + options.address() + "]";
    }
}
