package io.araldo.websocket;

import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;

/** What Tyrus itself has to say to a peer: pongs, and the Close frame that answers the peer's or a mistake. */
final class TyrusWriter extends Writer {
    private final TyrusPeer session;

    TyrusWriter(TyrusPeer session) {
        this.session = session;
    }

    @Override
    public void write(ByteBuffer buffer, CompletionHandler<ByteBuffer> handler) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        Frame frame = new Frame(bytes);
        if (frame.isClose()) {
            session.protocolClose(frame);
        } else {
            session.writer().control(frame);
        }
        handler.completed(buffer);
    }

    /** Nothing: the session closes the connection when both sides have sent their Close frame. */
    @Override
    public void close() {}
}
