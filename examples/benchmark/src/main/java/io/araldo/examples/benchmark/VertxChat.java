package io.araldo.examples.benchmark;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A verticle with an HTTP server, which writes to each socket: all on one event loop, so that nothing needs a lock. */
final class VertxChat implements Chat {
    private final Vertx vertx = Vertx.vertx();
    private final RedisNews news = new RedisNews();
    private final Room room = new Room();

    VertxChat() {
        await(vertx.deployVerticle(room));
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public int port() {
        return room.server().actualPort();
    }

    @Override
    public void follow(String redisUri) {
        news.follow(redisUri, text -> room.context().runOnContext(nothing -> room.sendToAll(text)));
    }

    @Override
    public void close() {
        news.close();
        await(vertx.close());
    }

    private static final class Room extends VerticleBase {
        /** The event loop's. */
        private final Set<ServerWebSocket> sockets = new LinkedHashSet<>();

        @SuppressWarnings("NullAway.Init") // by start()
        private HttpServer server;

        @Override
        public Future<?> start() {
            server = vertx.createHttpServer().webSocketHandler(this::join);
            return server.listen(0, "127.0.0.1");
        }

        HttpServer server() {
            return server;
        }

        Context context() {
            return context;
        }

        private void join(ServerWebSocket joining) {
            sockets.add(joining);
            joining.closeHandler(nothing -> sockets.remove(joining));
            joining.textMessageHandler(text -> {
                for (ServerWebSocket socket : sockets) {
                    if (socket != joining) {
                        socket.writeTextMessage(text);
                    }
                }
            });
        }

        void sendToAll(String text) {
            sockets.forEach(socket -> socket.writeTextMessage(text));
        }
    }
}
