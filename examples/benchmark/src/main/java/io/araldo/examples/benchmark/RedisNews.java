package io.araldo.examples.benchmark;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is published to the channel of the chat, for servers that have no Redis of their own: read by Lettuce, as Araldo does. */
final class RedisNews implements AutoCloseable {
    private volatile @Nullable RedisClient client;

    /** Blocks until Redis has confirmed. The reader is called on Lettuce's thread, in order. */
    void follow(String redisUri, Consumer<String> reader) {
        RedisClient created = RedisClient.create(redisUri);
        client = created;
        StatefulRedisPubSubConnection<String, String> connection = created.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                reader.accept(message);
            }
        });
        connection.sync().subscribe(Chat.CHANNEL);
    }

    @Override
    public void close() {
        RedisClient open = client;
        if (open != null) {
            open.shutdown();
        }
    }
}
