package io.araldo.websocket;

import io.araldo.Payload;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Jakarta API calls for one session, handed on to our {@link Session}. */
final class JakartaEndpoint {
    private static final Logger log = LoggerFactory.getLogger(JakartaEndpoint.class);

    private JakartaEndpoint() {}

    /** Public because Tyrus calls it by reflection, and is silent if it may not; hidden by the class around it. */
    public static final class Adapter extends Endpoint {
        private final Session session;

        Adapter(Session session) {
            this.session = session;
        }

        @Override
        public void onOpen(jakarta.websocket.Session tyrus, EndpointConfig config) {
            tyrus.setMaxTextMessageBufferSize(session.maxMessageBytes());
            tyrus.setMaxBinaryMessageBufferSize(session.maxMessageBytes());
            MessageHandler.Whole<String> texts = text -> session.received(Payload.text(text));
            MessageHandler.Whole<ByteBuffer> binaries = data -> session.received(Payload.wrapBinary(bytes(data)));
            tyrus.addMessageHandler(String.class, texts);
            tyrus.addMessageHandler(ByteBuffer.class, binaries);
        }

        private static byte[] bytes(ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            return bytes;
        }

        @Override
        public void onClose(jakarta.websocket.Session tyrus, CloseReason reason) {
            session.protocolCode(new CloseCode(reason.getCloseCode().getCode(), reason.getReasonPhrase()));
        }

        @Override
        public void onError(jakarta.websocket.Session tyrus, Throwable error) {
            log.warn("Session {} of endpoint '{}' is closed after an error", session.id(), session.endpoint(), error);
            session.close(new CloseCode(1011, "internal error"));
        }
    }
}
