package io.araldo.examples.benchmark;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Map;
import org.glassfish.tyrus.core.TyrusSession;
import org.glassfish.tyrus.server.Server;
import org.jspecify.annotations.Nullable;

/** Tyrus' own server, on Grizzly, and its broadcast, which frames once. That sends to the sender as well. */
final class TyrusChat implements Chat {
    private static final int ANY_FREE = -1; // 0 is Tyrus' default port

    private final Server server = new Server("127.0.0.1", ANY_FREE, "/", Map.of(), Client.class);
    private final RedisNews news = new RedisNews();

    TyrusChat() {
        try {
            server.start();
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void follow(String redisUri) {
        news.follow(redisUri, text -> {
            TyrusSession session = Client.last;
            if (session != null) {
                session.broadcast(text);
            }
        });
    }

    @Override
    public void close() {
        news.close();
        server.stop();
    }

    /** Tyrus makes one for each session, of which it knows no more than the class. */
    @ServerEndpoint(PATH)
    public static final class Client {
        /** Who came last; any session can broadcast to all. */
        private static volatile @Nullable TyrusSession last;

        @OnOpen
        public void open(Session session) {
            last = (TyrusSession) session;
        }

        @OnMessage
        public void message(String text, Session session) {
            ((TyrusSession) session).broadcast(text);
        }
    }
}
