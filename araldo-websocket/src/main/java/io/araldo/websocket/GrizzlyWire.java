package io.araldo.websocket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.BuffersBuffer;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's connection, on Grizzly. What the operating system takes at once is given to it without detour: Grizzly's
 * way through its filters and its queue costs more than the system call.
 */
final class GrizzlyWire implements Wire {
    private static final Logger log = LoggerFactory.getLogger(GrizzlyWire.class);

    /** The JDK keeps a copy of what is written at once, of that size, for each thread. */
    private static final int MAX_AT_ONCE = 1 << 17;

    private final Connection<?> connection;

    /** Not null where the bytes go out as they are, without TLS. */
    private final @Nullable SocketChannel plain;

    /** Whether Grizzly has written what came before the first message, such as the handshake: all else comes from here. */
    private boolean isAlone;

    GrizzlyWire(Connection<?> connection) {
        this.connection = connection;
        this.plain = connection instanceof NIOConnection nio
                        && nio.getChannel() instanceof SocketChannel channel
                        && SSLUtils.getSSLEngine(connection) == null
                ? channel
                : null;
    }

    @Override
    public void write(List<ByteBuffer> buffers, Consumer<@Nullable Throwable> done) {
        boolean isWritten;
        try {
            isWritten = writeAtOnce(buffers);
        } catch (IOException e) {
            done.accept(e);
            return;
        }
        if (isWritten) {
            done.accept(null);
        } else {
            connection.write(gathered(buffers), new Completion<>(done));
        }
    }

    /** Whether that was all; if not, the buffers hold the rest. What Grizzly still has to write must go first. */
    private boolean writeAtOnce(List<ByteBuffer> buffers) throws IOException {
        if (plain == null || !isAlone() || remaining(buffers) > MAX_AT_ONCE) {
            return false;
        }
        if (buffers.size() == 1) {
            plain.write(buffers.get(0));
        } else {
            plain.write(buffers.toArray(ByteBuffer[]::new));
        }
        return !buffers.get(buffers.size() - 1).hasRemaining();
    }

    /** Grizzly is asked until it has nothing left, and then no more: with thousands of sessions its memory is cold. */
    private boolean isAlone() {
        isAlone = isAlone || unwritten() == 0;
        return isAlone;
    }

    private static long remaining(List<ByteBuffer> buffers) {
        long bytes = 0;
        for (ByteBuffer buffer : buffers) {
            bytes += buffer.remaining();
        }
        return bytes;
    }

    private Buffer gathered(List<ByteBuffer> buffers) {
        MemoryManager<?> memory = connection.getMemoryManager();
        if (buffers.size() == 1) {
            return Buffers.wrap(memory, buffers.get(0));
        }
        Buffer[] wrapped = buffers.stream()
                .filter(ByteBuffer::hasRemaining)
                .map(buffer -> Buffers.wrap(memory, buffer))
                .toArray(Buffer[]::new);
        return BuffersBuffer.create(memory, wrapped);
    }

    /** With TLS, of what it is encrypted to. */
    @Override
    public long unwritten() {
        return connection instanceof NIOConnection nio
                ? nio.getAsyncWriteQueue().spaceInBytes()
                : 0;
    }

    /** Linux says that a socket has room when a third of its buffer is free, and that has some megabytes where much was read. */
    @Override
    public void retry() {
        if (connection instanceof NIOConnection nio) {
            nio.executeInEventThread(IOEvent.WRITE, () -> retry(nio));
        }
    }

    /**
     * As if the selector had said that there is room, and only where it is asked. Grizzly's own {@code simulateIOEvent} is
     * for where it is not: with nothing to write by then it would go on for ever.
     */
    private static void retry(NIOConnection nio) {
        SelectionKey key = nio.getSelectionKey();
        try {
            if (key.isValid() && (key.interestOps() & SelectionKey.OP_WRITE) != 0) {
                nio.getTransport().getIOStrategy().executeIoEvent(nio, IOEvent.WRITE);
            }
        } catch (IOException | CancelledKeyException e) {
            log.debug("Closed already: {}", nio, e);
        }
    }

    @Override
    public void close() {
        connection.closeSilently();
    }

    /** With a reset: after a mere close the kernel would go on offering its buffer to a client that does not read. */
    @Override
    public void terminate() {
        if (connection instanceof NIOConnection nio && nio.getChannel() instanceof SocketChannel channel) {
            resetOnClose(channel);
        }
        connection.terminateSilently();
    }

    private static void resetOnClose(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            log.debug("Closed already: {}", channel, e);
        }
    }

    /** Grizzly's callback. */
    private static final class Completion<M, A> extends EmptyCompletionHandler<WriteResult<M, A>>
            implements CompletionHandler<WriteResult<M, A>> {
        private final Consumer<@Nullable Throwable> done;

        Completion(Consumer<@Nullable Throwable> done) {
            this.done = done;
        }

        @Override
        public void completed(WriteResult<M, A> result) {
            done.accept(null);
        }

        @Override
        public void failed(Throwable failure) {
            done.accept(failure);
        }

        @Override
        public void cancelled() {
            done.accept(new IOException("write was cancelled"));
        }
    }
}
