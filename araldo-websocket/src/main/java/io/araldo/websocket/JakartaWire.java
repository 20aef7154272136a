package io.araldo.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's connection, in a host's container: takes frames apart again, and sends what they hold by the Jakarta API,
 * one message at a time. What of that API may wait for the client (pings, and closing) is done on a thread for errands.
 * Batches are not used: what flushes them may wait, too.
 */
final class JakartaWire implements Wire {
    private static final Logger log = LoggerFactory.getLogger(JakartaWire.class);

    /** Tomcat would wait 20 s, and 30 s. */
    private static final Map<String, Object> PATIENCE = Map.of(
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", Session.GRACE.toMillis(),
            "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", Session.GRACE.toMillis());

    private final jakarta.websocket.Session session;
    private final RemoteEndpoint.Async remote;
    private final Executor errands;
    private final AtomicBoolean terminated = new AtomicBoolean();

    /** What is being written. */
    private final AtomicReference<@Nullable Sending> present = new AtomicReference<>();

    /** Set once, before the first write. */
    private Runnable end = () -> {};

    /**
     * The connection of a session that has just opened.
     *
     * @param errands runs what may wait
     * @param sendTimeout after which the container gives up a message, and the session
     */
    JakartaWire(jakarta.websocket.Session session, Executor errands, Duration sendTimeout) {
        this.session = session;
        this.errands = errands;
        session.setMaxIdleTimeout(0);
        session.getUserProperties().putAll(PATIENCE);
        this.remote = session.getAsyncRemote();
        remote.setSendTimeout(sendTimeout.toMillis());
    }

    /** @param end is told that the connection was terminated: some containers say so much later, or never */
    void begin(Runnable end) {
        this.end = end;
    }

    @Override
    public void write(List<ByteBuffer> buffers, Consumer<@Nullable Throwable> done) {
        Sending sending = new Sending(buffers, done);
        present.set(sending);
        if (terminated.get()) {
            sending.finish(new IOException("the connection was terminated"));
        } else {
            sending.run();
        }
    }

    /** Jakarta does not tell how far a message has come: how long the write takes is all that can be seen. */
    @Override
    public long unwritten() {
        return 0;
    }

    @Override
    public void retry() {}

    /** Nothing: the container closes the connection when both sides have sent their Close frame. */
    @Override
    public void close() {}

    /** As hard as the API can. Whatever the container does next, the session is over. */
    @Override
    public void terminate() {
        if (terminated.compareAndSet(false, true)) {
            errands.execute(() -> close(session, CloseCode.GOING_AWAY));
            end.run();
            Sending sending = present.get();
            if (sending != null) {
                sending.finish(new IOException("the connection was terminated"));
            }
        }
    }

    /** Closes a session, which may wait for the client. */
    static void close(jakarta.websocket.Session session, CloseCode code) {
        try {
            session.close(new CloseReason(code::code, code.reasonInFrame()));
        } catch (IOException | RuntimeException e) {
            log.debug("Closed already: {}", session, e);
        }
    }

    /** One write: its frames, one after the other. */
    private final class Sending implements Runnable {
        private final Queue<FrameView> frames = new ArrayDeque<>();
        private final Consumer<@Nullable Throwable> done;
        private final AtomicBoolean finished = new AtomicBoolean();

        Sending(List<ByteBuffer> buffers, Consumer<@Nullable Throwable> done) {
            this.done = done;
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    frames.add(FrameView.next(buffer));
                }
            }
        }

        /** Sends what is left; by one thread at a time, each of which hands on to the next. */
        @Override
        public void run() {
            while (!finished.get()) {
                FrameView frame = frames.poll();
                if (frame == null) {
                    finish(null);
                } else if (frame.opcode() > Frame.BINARY) {
                    errands.execute(() -> control(frame));
                    return;
                } else if (!isSent(frame)) {
                    return;
                }
            }
        }

        /** Whether it was sent at once; if not, somebody goes on when it is. */
        private boolean isSent(FrameView frame) {
            AtomicBoolean oneIsDone = new AtomicBoolean();
            try {
                if (frame.opcode() == Frame.TEXT) {
                    remote.sendText(frame.text(), result -> sent(result, oneIsDone));
                } else {
                    remote.sendBinary(frame.payload(), result -> sent(result, oneIsDone));
                }
            } catch (RuntimeException e) {
                finish(e);
            }
            return !oneIsDone.compareAndSet(false, true);
        }

        private void sent(SendResult result, AtomicBoolean oneIsDone) {
            if (!result.isOK()) {
                finish(result.getException());
            } else if (!oneIsDone.compareAndSet(false, true)) {
                run();
            }
        }

        private void control(FrameView frame) {
            try {
                switch (frame.opcode()) {
                    case Frame.PING -> remote.sendPing(frame.payload());
                    case Frame.PONG -> remote.sendPong(frame.payload());
                    default -> close(session, frame.closeCode());
                }
            } catch (IOException | RuntimeException e) {
                finish(e);
            }
            run();
        }

        void finish(@Nullable Throwable failure) {
            if (finished.compareAndSet(false, true)) {
                present.compareAndSet(this, null);
                done.accept(failure);
            }
        }
    }
}
