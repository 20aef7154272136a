package io.araldo.websocket;

import static org.awaitility.Awaitility.await;

import io.araldo.Link;
import io.araldo.testing.EndpointContract;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What is outside is the JDK's client, which connects through a network of its own each time the path is open. */
class ServerContractTest extends EndpointContract {
    private static ServerSocket taken;

    private final List<FaultProxy> networks = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private volatile WebSocketServer server;

    @BeforeAll
    static void takePort() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterAll
    static void freePort() throws IOException {
        taken.close();
    }

    @Override
    protected Outside outside() {
        int port = taken.getLocalPort();
        return Outside.builder(() -> endpoint(0))
                .handle()
                .clients()
                .unopenable(() -> endpoint(port), "127.0.0.1:" + port)
                .meets(this::connect)
                .says(this::say)
                .hears(() -> clients.get(clients.size() - 1).texts())
                .stalls(() -> networks.forEach(network -> network.inject(Fault.STOP_READING)))
                .mends(() -> networks.forEach(FaultProxy::restore))
                .closes(this::disconnect)
                .build();
    }

    private WebSocketServerEndpoint endpoint(int port) {
        server = WebSocketServer.builder().port(port).outboundMessages(1_000).build();
        return server.endpoint("browsers", "/chat");
    }

    private void connect(Link link) {
        disconnect();
        FaultProxy network = FaultProxy.to(link.address().getPort());
        networks.add(network);
        try {
            clients.add(Client.connect(URI.create("ws://127.0.0.1:" + network.port() + "/chat")));
        } catch (Exception e) {
            throw new AssertionError("cannot connect to " + link.address(), e);
        }
        await().until(() -> server.sessionCount() == 1);
    }

    /** Those before are gone: their files must not be taken for the endpoint's. */
    private void disconnect() {
        clients.forEach(Client::close);
        networks.forEach(FaultProxy::close);
        networks.clear();
    }

    /** To a server that has closed nothing can be said. */
    private void say(String text) {
        try {
            clients.get(clients.size() - 1).send(text);
        } catch (Exception e) {
            // Gone.
        }
    }
}
