package io.araldo.websocket;

import io.araldo.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Puts together what one client of a host's container sends in parts, up to the limit. Called by the container, for one
 * part after the other.
 */
final class MessageParts {
    private final Session session;
    private final int max;
    private final StringBuilder text = new StringBuilder(0);
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream(0);

    MessageParts(Session session) {
        this.session = session;
        this.max = session.maxMessageBytes();
    }

    void text(String part, boolean isLast) {
        if (!takes(text.length(), part.length())) {
            return;
        }
        if (isLast && text.length() == 0) {
            received(Payload.text(part));
            return;
        }
        text.append(part);
        if (isLast) {
            Payload whole = Payload.text(text.toString());
            text.setLength(0);
            text.trimToSize();
            received(whole);
        }
    }

    void binary(ByteBuffer part, boolean isLast) {
        if (!takes(binary.size(), part.remaining())) {
            return;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        if (isLast && binary.size() == 0) {
            received(Payload.wrapBinary(bytes));
            return;
        }
        binary.write(bytes, 0, bytes.length);
        if (isLast) {
            Payload whole = Payload.wrapBinary(binary.toByteArray());
            binary.reset();
            received(whole);
        }
    }

    /** Characters stand for as many bytes or more; the rest is found out when the message is whole. */
    private boolean takes(long before, int more) {
        session.heard();
        if (before + more > max) {
            tooLarge();
        }
        return session.writer().isOpen();
    }

    private void received(Payload payload) {
        if (payload.size() > max) {
            tooLarge();
        } else {
            session.received(payload);
        }
    }

    private void tooLarge() {
        session.close(new CloseCode(1009, "message of more than " + max + " bytes"));
    }
}
