package io.araldo.examples.interop;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Properties;

/** An MQTT broker in this process: Moquette, on the loopback address, in memory, open to everybody. */
final class DemoBroker implements AutoCloseable {
    private final Server server = new Server();

    private final int port;

    private DemoBroker(int port) {
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param wanted 0 for any port that is free
     * @throws IOException if the port is in use; nothing has been started then
     */
    static DemoBroker start(int wanted) throws IOException {
        int port = free(wanted);
        Properties properties = new Properties();
        properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
        properties.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
        properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        properties.setProperty(IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, "131072");
        DemoBroker broker = new DemoBroker(port);
        broker.server.startServer(new MemoryConfig(properties));
        return broker;
    }

    /**
     * Moquette would choose one itself, and tell it some time after it has started; and where a port is in use, it would
     * leave threads behind.
     */
    private static int free(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "mqtt://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.stopServer();
    }
}
