package io.araldo.examples.benchmark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** Jetty's own WebSockets, which send without blocking. */
final class JettyChat implements Chat {
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final RedisNews news = new RedisNews();

    JettyChat() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(
                server,
                container -> container.addMapping(PATH, (request, response, callback) -> new Client(sessions))));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void follow(String redisUri) {
        news.follow(redisUri, text -> sendToAllBut(null, sessions, text));
    }

    private static void sendToAllBut(@Nullable Session sender, Set<Session> sessions, String text) {
        for (Session session : sessions) {
            if (session != sender) {
                session.sendText(text, Callback.NOOP);
            }
        }
    }

    @Override
    public void close() {
        news.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Public, since Jetty calls it by method handles. */
    public static final class Client extends Session.Listener.AbstractAutoDemanding {
        private final Set<Session> sessions;

        Client(Set<Session> sessions) {
            this.sessions = sessions;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            sessions.add(session);
        }

        @Override
        public void onWebSocketText(String text) {
            sendToAllBut(getSession(), sessions, text);
        }

        /** A client that went away without a word; Jetty closes the session, too. */
        @Override
        public void onWebSocketError(Throwable cause) {}

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            sessions.remove(getSession());
            callback.succeed();
        }
    }
}
