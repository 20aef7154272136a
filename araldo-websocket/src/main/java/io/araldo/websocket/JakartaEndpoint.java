package io.araldo.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Jakarta API calls for one session, handed on to our side of it. Messages do not come this way. */
final class JakartaEndpoint {
    private static final Logger log = LoggerFactory.getLogger(JakartaEndpoint.class);

    private JakartaEndpoint() {}

    /** Public because Tyrus calls it by reflection, and is silent if it may not; hidden by the class around it. */
    public static final class Adapter extends Endpoint {
        private final Supplier<? extends TyrusPeer> peer;

        Adapter(TyrusPeer session) {
            this(() -> session);
        }

        /** For one that is not there yet; it is when the session opens. */
        Adapter(Supplier<? extends TyrusPeer> peer) {
            this.peer = peer;
        }

        @Override
        public void onOpen(jakarta.websocket.Session tyrus, EndpointConfig config) {
            TyrusPeer session = peer.get();
            // With 0, its default, it has a timer's thread wake up for each ping and pong.
            tyrus.setMaxIdleTimeout(-1);
            MessageHandler.Whole<PongMessage> pongs = pong -> session.pong(pong.getApplicationData());
            tyrus.addMessageHandler(PongMessage.class, pongs);
        }

        @Override
        public void onClose(jakarta.websocket.Session tyrus, CloseReason reason) {
            peer.get().protocolCode(new CloseCode(reason.getCloseCode().getCode(), reason.getReasonPhrase()));
        }

        @Override
        public void onError(jakarta.websocket.Session tyrus, Throwable error) {
            TyrusPeer session = peer.get();
            log.warn("{} is closed after an error: {}", session.description(), error.toString());
            log.debug("{}:", session.description(), error);
            session.close(new CloseCode(1011, "internal error"));
        }
    }
}
