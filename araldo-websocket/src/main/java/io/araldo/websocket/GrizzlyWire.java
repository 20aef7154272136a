package io.araldo.websocket;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.BuffersBuffer;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session's connection, on Grizzly. */
final class GrizzlyWire implements Wire {
    private static final Logger log = LoggerFactory.getLogger(GrizzlyWire.class);

    private final Connection<?> connection;

    GrizzlyWire(Connection<?> connection) {
        this.connection = connection;
    }

    @Override
    public void write(List<ByteBuffer> buffers, Consumer<@Nullable Throwable> done) {
        connection.write(gathered(buffers), new Completion<>(done));
    }

    private Buffer gathered(List<ByteBuffer> buffers) {
        MemoryManager<?> memory = connection.getMemoryManager();
        if (buffers.size() == 1) {
            return Buffers.wrap(memory, buffers.get(0));
        }
        Buffer[] wrapped = new Buffer[buffers.size()];
        for (int i = 0; i < wrapped.length; i++) {
            wrapped[i] = Buffers.wrap(memory, buffers.get(i));
        }
        return BuffersBuffer.create(memory, wrapped);
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
