package io.araldo.examples.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A Redis that lives as long as the demo: on Redis's own port if that is free, so that redis-cli finds it. */
final class DemoRedis {
    private static final int STANDARD_PORT = 6_379;

    private DemoRedis() {}

    static RedisServer start(int port) throws IOException {
        RedisServer redis = RedisServer.newRedisServer()
                .bind("127.0.0.1")
                .port(port)
                .setting("save \"\"")
                .build();
        redis.start();
        return redis;
    }

    static int freePort() throws IOException {
        try {
            return bound(STANDARD_PORT);
        } catch (IOException taken) {
            return bound(0);
        }
    }

    private static int bound(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
