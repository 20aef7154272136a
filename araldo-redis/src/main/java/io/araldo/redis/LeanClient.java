package io.araldo.redis;

import io.lettuce.core.ConnectionBuilder;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisReactiveCommandsImpl;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.pubsub.PubSubEndpoint;
import io.lettuce.core.pubsub.RedisPubSubReactiveCommandsImpl;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnectionImpl;
import io.lettuce.core.pubsub.api.sync.RedisPubSubCommands;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.AttributeKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client whose connections have only their asynchronous commands. The synchronous and reactive ones, which nobody uses
 * here, are proxies and classes of a thousand methods each; the first connection in a JVM, most of whose time goes into
 * loading classes, takes a quarter less without.
 *
 * <p>It knows when the server was last heard, and can end connections, too, that are still being made: of those Lettuce
 * knows nothing.
 */
final class LeanClient extends RedisClient {
    private static final AttributeKey<LeanClient> CLIENT = AttributeKey.valueOf(LeanClient.class, "client");

    /** All of its connections, from the moment at which they begin; one that comes after the end is closed. */
    private final ChannelGroup begun;

    /** {@link System#nanoTime}; written by the connections' threads, and by whoever connects. */
    private volatile long lastHeard = System.nanoTime();

    /** Whether the server has been heard at all; written by the connections' threads. */
    private volatile boolean isHeard;

    LeanClient(ClientResources resources) {
        super(resources, new RedisURI());
        begun = new DefaultChannelGroup(resources.eventExecutorGroup().next(), true);
    }

    /** Whose connection that is. */
    static LeanClient of(Channel channel) {
        return channel.attr(CLIENT).get();
    }

    /** A connection begins. Called by its thread. */
    void watch(Channel channel) {
        begun.add(channel);
        channel.pipeline().addFirst(new Ear());
    }

    /** When a connection was begun or made, or anything came, TLS included, whatever was last: {@link System#nanoTime}. */
    long lastHeard() {
        return lastHeard;
    }

    /** How many connections there are, those included that are being made. */
    int connections() {
        return begun.size();
    }

    /** Whether there was a connection. */
    boolean isHeard() {
        return isHeard;
    }

    private final class Ear extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            hear();
            ctx.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object data) {
            hear();
            ctx.fireChannelRead(data);
        }

        private void hear() {
            lastHeard = System.nanoTime();
            isHeard = true;
        }
    }

    @Override
    protected <K, V, T extends RedisChannelHandler<K, V>> ConnectionFuture<T> initializeChannelAsync(
            ConnectionBuilder builder) {
        builder.bootstrap().attr(CLIENT, this);
        ConnectionFuture<T> connecting = super.initializeChannelAsync(builder);
        lastHeard = System.nanoTime();
        return connecting;
    }

    /** Ends all connections, in whatever state they are; what waits for them fails. Does not block. */
    void abandon() {
        begun.close();
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
            RedisChannelWriter writer, PushHandler pushes, RedisCodec<K, V> codec, Duration timeout) {
        return new StatefulRedisConnectionImpl<>(writer, pushes, codec, timeout) {
            @Override
            protected @Nullable RedisCommands<K, V> newRedisSyncCommandsImpl() {
                return null;
            }

            @Override
            protected @Nullable RedisReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
                return null;
            }
        };
    }

    @Override
    protected <K, V> StatefulRedisPubSubConnectionImpl<K, V> newStatefulRedisPubSubConnection(
            PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
        return new StatefulRedisPubSubConnectionImpl<>(endpoint, writer, codec, timeout) {
            @Override
            protected @Nullable RedisPubSubCommands<K, V> newRedisSyncCommandsImpl() {
                return null;
            }

            @Override
            protected @Nullable RedisPubSubReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
                return null;
            }
        };
    }
}
