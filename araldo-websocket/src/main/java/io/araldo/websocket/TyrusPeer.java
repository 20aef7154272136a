package io.araldo.websocket;

import java.nio.ByteBuffer;

/** Our side of a WebSocket, as Tyrus sees it. Tyrus calls it on the I/O thread of the connection, while it reads. */
interface TyrusPeer {
    /** For the log. */
    String description();

    /** Where pongs go. */
    SessionWriter writer();

    /** A pong came; its payload is only valid during the call. */
    default void pong(ByteBuffer payload) {}

    /** Why Tyrus is about to end the session: the peer asked for it, or broke the protocol. */
    void protocolCode(CloseCode code);

    /** Tyrus ends the session with this frame. */
    void protocolClose(Frame close);

    /** Ends the session in order, after an error of ours. */
    void close(CloseCode code);
}
