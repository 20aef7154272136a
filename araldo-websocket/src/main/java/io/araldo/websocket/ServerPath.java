package io.araldo.websocket;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a path: a link, and the Tyrus engine that answers its handshakes. A value.
 *
 * @param link takes the sessions
 * @param engine answers the handshakes; {@code null} where the container of a host does
 * @param timer for the sessions' deadlines
 */
record ServerPath(ServerLink link, @Nullable TyrusContainer engine, ScheduledExecutorService timer) {
    private static final int ID_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What answers the handshakes on a port of our own. */
    TyrusContainer tyrus() {
        return Objects.requireNonNull(engine, "engine");
    }

    /**
     * A session that gets from here on what is sent to its room.
     *
     * @param identity whom somebody has authenticated
     */
    Session newSession(String room, Wire wire, String remoteAddress, @Nullable Identity identity) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return new Session(
                Base64.getUrlEncoder().encodeToString(id),
                link,
                link.enter(room),
                wire,
                remoteAddress,
                identity,
                timer);
    }
}
