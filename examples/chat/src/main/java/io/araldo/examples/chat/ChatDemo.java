package io.araldo.examples.chat;

import io.araldo.AraldoException;
import io.araldo.Relay;
import java.io.IOException;
import redis.embedded.RedisServer;

/**
 * {@code mvn -q -Pdemo}: the chat, with a Redis of its own. Both end with Ctrl-C.
 *
 * <p>Arguments, both optional: the port of the page (54321), and the URI of a Redis to use instead.
 */
public final class ChatDemo {
    private ChatDemo() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 54_321;
        if (arguments.length > 1) {
            run(port, arguments[1]);
            return;
        }
        int redisPort = DemoRedis.freePort();
        RedisServer redis = DemoRedis.start(redisPort);
        try {
            run(port, "redis://localhost:" + redisPort);
        } finally {
            redis.stop();
        }
    }

    private static void run(int port, String redis) throws InterruptedException {
        try (Relay relay = Chat.over(redis, Chat.server(port)).name("chat").start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "chat-shutdown"));
            String redisPort = redis.substring(redis.lastIndexOf(':') + 1);
            System.out.println("Chat:   http://localhost:" + port + "/  (open it in two windows)");
            System.out.println("Redis:  " + redis + "  (try: redis-cli -p " + redisPort + " PUBLISH news hello)");
            System.out.println("Ctrl-C ends both.");
            relay.awaitTermination();
        } catch (AraldoException e) {
            System.err.println("The chat did not start:\n" + e.getMessage());
        }
    }
}
