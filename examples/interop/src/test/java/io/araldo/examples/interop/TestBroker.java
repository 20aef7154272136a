package io.araldo.examples.interop;

import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;

/**
 * An MQTT broker in this process: ActiveMQ, on the loopback address, in memory, open to everybody. Not the demo's: that
 * one sends CONNACK before it takes the client for connected, and hangs up on a SUBSCRIBE that comes between; and a
 * PUBACK behind a DISCONNECT ends a thread of it, so that all clients of that thread are served no more.
 */
final class TestBroker implements AutoCloseable {
    private final BrokerService service;
    private final int port;

    private TestBroker(BrokerService service, int port) {
        this.service = service;
        this.port = port;
    }

    static TestBroker start() throws Exception {
        BrokerService service = new BrokerService();
        service.setPersistent(false);
        service.setUseJmx(false);
        service.setUseShutdownHook(false);
        TransportConnector connector = service.addConnector("mqtt://127.0.0.1:0");
        service.start();
        return new TestBroker(service, connector.getConnectUri().getPort());
    }

    int port() {
        return port;
    }

    String uri() {
        return "mqtt://127.0.0.1:" + port;
    }

    @Override
    public void close() throws Exception {
        service.stop();
    }
}
