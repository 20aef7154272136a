package io.araldo.websocket;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What is behind a path: a link, and the Tyrus engine that answers its handshakes. A value.
 *
 * @param link takes the sessions
 * @param tyrus answers the handshakes
 * @param timer for the sessions' deadlines
 */
record ServerPath(ServerLink link, TyrusContainer tyrus, ScheduledExecutorService timer) {
    private static final int ID_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    Session newSession(String room, Wire wire, String remoteAddress) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return new Session(
                Base64.getUrlEncoder().encodeToString(id), link, link.enter(room), wire, remoteAddress, timer);
    }
}
