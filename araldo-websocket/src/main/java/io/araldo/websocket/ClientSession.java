package io.araldo.websocket;

import io.araldo.Ledger.SessionCount;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One client that is connected to a {@link WebSocketServer}: a view on something live. All methods may be called from
 * any thread, and none blocks; after the session's end they go on to tell what they told, but for {@link #groups}.
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

    /** Who the client is, where an {@link Authenticator} or the host authenticated it; see {@link Address#principal}. */
    Optional<String> principal();

    /** The groups that it is in at this moment: a copy; none after its end. */
    Set<String> groups();

    /**
     * Puts it into a group, beside those that it has from its {@link Identity}: from here on it gets what is sent to {@link
     * Address#group}. In a group that it is in already it stays; after its end nothing happens.
     *
     * @param group 1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit; known to its endpoint alone
     * @throws IllegalArgumentException if this is no such name
     * @throws IllegalStateException if it is in 64 groups; it stays in those
     */
    void join(String group);

    /**
     * Takes it out of a group, one of its identity, too; nothing happens if it is not in it. What was sent to the group
     * before may still reach it.
     *
     * @throws IllegalArgumentException if this is no name of a group
     */
    void leave(String group);

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
