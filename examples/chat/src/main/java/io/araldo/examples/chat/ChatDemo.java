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
        // Not a return: Maven, in whose JVM this runs, would go on to build what comes next.
        System.exit(run(arguments));
    }

    /** Runs until a signal ends it: 0; or 1, if the relay could not start. What was started is stopped by then. */
    static int run(String... arguments) throws IOException, InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 54_321;
        if (arguments.length > 1) {
            return relay(port, arguments[1]);
        }
        int redisPort = DemoRedis.freePort();
        RedisServer redis = DemoRedis.start(redisPort);
        try {
            return relay(port, "redis://localhost:" + redisPort);
        } finally {
            redis.stop();
        }
    }

    private static int relay(int port, String redis) throws InterruptedException {
        try (Relay relay = Chat.over(redis, Chat.server(port)).name("chat").start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "chat-shutdown"));
            String redisPort = redis.substring(redis.lastIndexOf(':') + 1);
            System.out.println("Chat:   http://localhost:" + port + "/  (open it in two windows)");
            System.out.println("Redis:  " + redis + "  (try: redis-cli -p " + redisPort + " PUBLISH news hello)");
            System.out.println("Ctrl-C ends both.");
            relay.awaitTermination();
            return 0;
        } catch (AraldoException e) {
            System.err.println("The chat did not start: " + e.getMessage());
            return 1;
        }
    }
}
