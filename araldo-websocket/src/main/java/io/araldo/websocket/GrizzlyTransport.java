package io.araldo.websocket;

import io.araldo.EndpointException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * A bound port. All that happens to a connection happens on the one I/O thread that it belongs to, so nothing is handed
 * over and nothing must be locked; in return nothing there may wait.
 */
final class GrizzlyTransport {
    /** What one read takes in; of more than there is room for, a session that is held back keeps the rest. */
    private static final int READ_BYTES = 1 << 16;

    private static final int MAX_HEAD_BYTES = 8_192;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_KEEP_ALIVE_REQUESTS = 100;

    private final TCPNIOTransport transport;
    private final int port;

    private GrizzlyTransport(TCPNIOTransport transport, int port) {
        this.transport = transport;
        this.port = port;
    }

    /**
     * Binds a port; nothing is accepted before {@link #start}.
     *
     * @throws EndpointException if that is not possible; nothing stays open then
     */
    static GrizzlyTransport bind(ServerOptions options) {
        TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance()
                .setIOStrategy(SameThreadIOStrategy.getInstance())
                .setSelectorRunnersCount(ioThreads())
                .setReadBufferSize(READ_BYTES)
                .build();
        try {
            InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
            TCPNIOServerConnection listening = transport.bind(address);
            return new GrizzlyTransport(transport, ((InetSocketAddress) listening.getLocalAddress()).getPort());
        } catch (IOException | RuntimeException e) {
            transport.unbindAll();
            throw BindFailure.of(options, e);
        }
    }

    /** One accepts. */
    private static int ioThreads() {
        return Runtime.getRuntime().availableProcessors() + 1;
    }

    int port() {
        return port;
    }

    /** Accepts connections from here on. */
    void start(ThreadFactory threads, Connections connections, UpgradeFilter upgrades, @Nullable SSLContext tls)
            throws IOException {
        FilterChainBuilder chain = FilterChainBuilder.stateless().add(new TransportFilter());
        if (tls != null) {
            chain.add(new TlsFilter(new SSLEngineConfigurator(tls, false, false, false), null));
        }
        chain.add(connections).add(codec()).add(upgrades);
        transport.setProcessor(chain.build());
        transport.setKernelThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                .setCorePoolSize(ioThreads())
                .setMaxPoolSize(ioThreads())
                .setThreadFactory(threads));
        transport.start();
    }

    /** Every constructor is deprecated, in favour of builders that do not exist yet. */
    @SuppressWarnings("deprecation")
    private static HttpServerFilter codec() {
        KeepAlive keepAlive = new KeepAlive();
        keepAlive.setMaxRequestsCount(MAX_KEEP_ALIVE_REQUESTS);
        return new HttpServerFilter(true, MAX_HEAD_BYTES, null, keepAlive, null, MAX_HEADERS, MAX_HEADERS);
    }

    /** Closes the port and all connections; not to be called by an I/O thread. */
    void stop() throws IOException {
        transport.unbindAll();
        transport.shutdownNow();
    }
}
