package io.araldo.websocket;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeInfo;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeStatus;
import org.glassfish.tyrus.spi.Connection;

/**
 * Tyrus's client, on a container of ours: Tyrus makes the key of the handshake, checks the answer, and answers pings and
 * Close frames. The connection is ours. Tyrus sees neither query nor headers, so it cannot log them, and negotiates no
 * extension.
 */
final class TyrusClient {
    private static final String ATTEMPT = ClientAttempt.class.getName();

    /** Ours says first what went wrong; this is for what nobody foresaw. */
    private static final int LIMIT_MILLIS = (int) ClientAttempt.LIMIT_MILLIS + 1_000;

    private TyrusClient() {}

    /** Public because Tyrus makes it by reflection; hidden by the class around it. */
    public static final class Container implements ClientContainer {
        /** For Tyrus. */
        public Container() {}

        @Override
        public void openClientSocket(ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine) {
            if (properties.get(ATTEMPT) instanceof ClientAttempt attempt) {
                attempt.begin(engine);
            }
        }
    }

    /** Connects: blocks until Tyrus has opened a session, or was told that there is none. */
    static void connect(ClientAttempt attempt) throws DeploymentException, IOException {
        ClientOptions options = attempt.options();
        ClientManager manager = manager();
        manager.getProperties().put(ATTEMPT, attempt);
        manager.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, LIMIT_MILLIS);
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(options.subprotocols())
                .build();
        URI uri = URI.create(options.uri().getScheme() + "://" + options.authority() + "/");
        manager.connectToServer(new JakartaEndpoint.Adapter(attempt::peer), config, uri);
    }

    /** Tyrus looks for the class with the loader of the thread, which may be anybody's. */
    private static ClientManager manager() {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(TyrusClient.class.getClassLoader());
        try {
            return ClientManager.createClient(Container.class.getName());
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** The request that asks for the upgrade. */
    static ByteBuffer request(ClientOptions options, ClientEngine engine) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(engine.createUpgradeRequest(null).getHeaders());
        headers.remove("Origin");
        headers.put("Host", List.of(options.authority()));
        options.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return HttpHead.request("GET " + options.target(), new LinkedHashMap<>(headers));
    }

    /**
     * Checks what Tyrus does not.
     *
     * @throws IOException if the server has chosen what was not offered (RFC 6455 section 4.1)
     */
    static void check(ClientOptions options, HttpHead answer) throws IOException {
        Map<String, List<String>> headers = answer.headers();
        if (headers.containsKey("Sec-WebSocket-Extensions")) {
            throw new IOException("the server has chosen an extension (expected: none, since none was offered)");
        }
        for (String chosen : headers.getOrDefault("Sec-WebSocket-Protocol", List.of())) {
            if (!options.subprotocols().contains(chosen)) {
                throw new IOException("the server has chosen a subprotocol that was not offered (expected: one of "
                        + options.subprotocols() + ", or none)");
            }
        }
    }

    /** Whether Tyrus agrees with the answer; then the connection is set up. If not, Tyrus has told who waits. */
    static boolean open(ClientEngine engine, HttpHead answer, PeerConnection peer) {
        TyrusUpgradeResponse response = new TyrusUpgradeResponse();
        response.setStatus(101);
        response.setReasonPhrase("Switching Protocols");
        answer.headers().forEach((name, values) -> response.getHeaders().put(name, values));
        ClientUpgradeInfo info = engine.processResponse(response, new TyrusWriter(peer), reason -> {});
        if (info.getUpgradeStatus() != ClientUpgradeStatus.SUCCESS) {
            return false;
        }
        Connection session = info.createConnection();
        peer.begin(
                data -> session.getReadHandler().handle(data),
                () -> session.close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, "")));
        return true;
    }
}
