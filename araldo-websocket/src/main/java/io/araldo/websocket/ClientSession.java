package io.araldo.websocket;

import io.araldo.Ledger.SessionCount;
import java.time.Instant;
import java.util.Optional;

/**
 * One client that is connected to a {@link WebSocketServer}: a view on something live. All methods may be called from
 * any thread, and none blocks; after the session's end they go on to tell what they told.
 */
public interface ClientSession {
    /** Its id: unique among all relays, not to be guessed, and what a message's address names. */
    String id();

    /** The name of the endpoint that it is connected to. */
    String endpoint();

    /** The client's IP address and port, or those of the proxy in front. */
    String remoteAddress();

    /** Since when it is open. */
    Instant openedAt();

    /** Who the client is, where the server authenticated it. */
    Optional<String> principal();

    /** What became of the messages for it. */
    SessionCount count();

    /**
     * Closes the session: what waits for it is still written, then a Close frame, and one second later the connection is
     * cut if the client has not done its part. A session that is closing already keeps its first code.
     *
     * @param code 1000, 1001, 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4)
     * @param reason for the client; at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if the code is another, or the reason longer; nothing was closed then
     */
    void close(int code, String reason);
}
