package io.araldo.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeStatus;

/**
 * The Tyrus engine, without its server: it answers the handshake, pings and Close frames. One for each path, since an engine
 * cannot forget an endpoint.
 *
 * <p>Only the headers that make a handshake reach Tyrus: no extension, no subprotocol and no tracing can be negotiated.
 */
final class TyrusContainer extends TyrusServerContainer {
    private static final List<String> HANDSHAKE_HEADERS =
            List.of("Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version");

    /** The session that the present thread is opening; Tyrus asks for its endpoint meanwhile. */
    private static final ThreadLocal<Session> OPENING = new ThreadLocal<>();

    private final ScheduledExecutorService timer;
    private final TyrusWebSocketEngine engine;

    TyrusContainer(String path, ScheduledExecutorService timer) throws DeploymentException {
        super((Set<Class<?>>) null);
        this.timer = timer;
        this.engine = TyrusWebSocketEngine.builder(this).build();
        register(ServerEndpointConfig.Builder.create(JakartaEndpoint.Adapter.class, path)
                .configurator(new Adapters())
                .build());
    }

    /** Gives each Tyrus session the endpoint that knows our session. */
    private final class Adapters extends ServerEndpointConfig.Configurator {
        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new JakartaEndpoint.Adapter(OPENING.get()));
        }
    }

    /** The answer to a handshake that {@link HandshakeRules} found good. */
    final class Upgrade {
        private final TyrusUpgradeResponse response = new TyrusUpgradeResponse();
        private final UpgradeInfo info;

        Upgrade(Handshake handshake) {
            RequestContext request = RequestContext.Builder.create()
                    .requestURI(URI.create(handshake.path()))
                    .remoteAddr(handshake.remoteAddress())
                    .tyrusProperties(Map.of())
                    .build();
            for (String header : HANDSHAKE_HEADERS) {
                request.getHeaders().put(header, handshake.values(header));
            }
            this.info = engine.upgrade(request, response);
        }

        boolean isAgreed() {
            return info.getStatus() == UpgradeStatus.SUCCESS && response.getStatus() == 101;
        }

        /** The headers to answer with. */
        Map<String, List<String>> headers() {
            return response.getHeaders();
        }

        /** Opens the session, when the answer is on its way. */
        Connection open(Session session) {
            OPENING.set(session);
            try {
                return info.createConnection(new TyrusWriter(session), reason -> {});
            } finally {
                OPENING.remove();
            }
        }
    }

    /** Lets Tyrus forget a session whose connection is gone. */
    static void close(Connection session) {
        session.close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, ""));
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
        engine.register(endpointClass, "");
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
        engine.register(config, "");
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
        return engine;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of();
    }

    /** Otherwise Tyrus would start ten threads of its own for time-outs that nobody sets. */
    @Override
    public ScheduledExecutorService getScheduledExecutorService() {
        return timer;
    }

    @Override
    public ExecutorService getExecutorService() {
        return timer;
    }
}
