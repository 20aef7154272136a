package io.araldo.websocket;

import io.araldo.LinkContext;
import io.araldo.LinkContext.Lease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.GrizzlyFuture;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOConnectorHandler;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The I/O threads that all client links of one relay share. All that happens to a connection happens on the one thread
 * that it belongs to; nothing there may wait.
 */
final class ClientTransport {
    private static final Logger log = LoggerFactory.getLogger(ClientTransport.class);
    private static final Object KEY = new Object();
    private static final int THREADS = 2;

    /** What one read takes in at most: so far a paused link overshoots. */
    private static final int READ_BYTES = 1 << 16;

    private final TCPNIOTransport transport;
    private final ServerThreads threads;

    private ClientTransport(TCPNIOTransport transport, ServerThreads threads) {
        this.transport = transport;
        this.threads = threads;
    }

    /** A share in the threads of the relay; started for the first. */
    static Lease<ClientTransport> lease(LinkContext context) {
        return context.shared(KEY, () -> start(context.relay()), ClientTransport::stop);
    }

    private static ClientTransport start(String relay) {
        ServerThreads threads = new ServerThreads("araldo-" + relay + "-wsclient-");
        TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance()
                .setIOStrategy(SameThreadIOStrategy.getInstance())
                .setSelectorRunnersCount(THREADS)
                .setReadBufferSize(READ_BYTES)
                .setReuseAddress(false)
                .build();
        transport.setKernelThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                .setCorePoolSize(THREADS)
                .setMaxPoolSize(THREADS)
                .setThreadFactory(threads.numbered("io")));
        try {
            transport.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClientTransport(transport, threads);
    }

    /** Begins to connect; cancelling the future ends the attempt, or the connection. */
    @SuppressWarnings("rawtypes")
    GrizzlyFuture<Connection> connect(
            SocketAddress address, List<Filter> filters, CompletionHandler<Connection> handler) {
        FilterChainBuilder chain = FilterChainBuilder.stateless().add(new TransportFilter());
        filters.forEach(chain::add);
        GrizzlyFuture<Connection> connecting = TCPNIOConnectorHandler.builder(transport)
                .processor(chain.build())
                .build()
                .connect(address);
        connecting.addCompletionHandler(handler);
        return connecting;
    }

    /** Gives a share back, on a thread of its own: the last of the I/O threads cannot wait for its own end. */
    static void giveBack(String relay, Lease<ClientTransport> lease, CompletableFuture<Void> done) {
        Runnable task = () -> {
            lease.close();
            done.complete(null);
        };
        new ServerThreads("araldo-" + relay + "-wsclient-")
                .numbered("closer")
                .newThread(task)
                .start();
    }

    private void stop() {
        try {
            transport.shutdownNow();
        } catch (IOException e) {
            log.warn("Stopping the threads of WebSocket clients failed: {}", e.toString());
        }
        threads.join();
    }
}
