package io.araldo.websocket;

import java.util.Optional;

/**
 * Says who a client is that wants to open a session: by a cookie, a token in the query, a header. See {@link
 * WebSocketServerBuilder#authenticator}.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Who the client is. Called once for each handshake whose path and origin are in order, for several at a time.
     *
     * <p>On a port of the server's own it is called by one of eight threads that are there for this, so it may block: for
     * {@link WebSocketServerBuilder#authenticationTimeout}, then the client is refused with 503 and the thread is
     * interrupted. While all are busy, 1,000 handshakes more may wait; beyond, a client is refused with 503. In a host's
     * container it is called on the host's thread, which it may block for as long as the host puts up with.
     *
     * @return empty for a client that is not to be let in: it is refused with 401 (in a host's container its session is
     *     closed with 1008)
     * @throws RuntimeException if it cannot tell: the client is refused with 500 (1011); the class of the exception is
     *     logged, not its message, which may quote the client
     */
    Optional<Identity> authenticate(ClientHandshake handshake);
}
