package io.araldo.redis;

import io.araldo.LinkContext;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.Transports;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DefaultDnsCnameCache;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A link's own client, and its share in the threads that the clients of one relay run on. They are named
 * {@code araldo-<relay>-redis-…} and are gone when the last share was released.
 */
final class ClientLease {
    /** What connecting and logging in may take in all, whatever is heard meanwhile; {@link PubSubOpening} has less patience. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final Object KEY = new Object();
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    /** Beside what the link sends: pings, and what a connection begins with. */
    private static final int SPARE_REQUESTS = 64;

    private final LinkContext.Lease<ClientResources> lease;
    private final LeanClient client;
    private final ThreadFactory closer;
    private final Duration grace;

    private ClientLease(RedisPubSubEndpoint endpoint, LinkContext context) {
        lease = context.shared(KEY, () -> resources(context.relay()), ClientLease::shutDown);
        client = new LeanClient(lease.get());
        client.setOptions(options(endpoint.maxInFlight()));
        closer = threads(context.relay(), "closer");
        grace = endpoint.grace();
    }

    static ClientLease take(RedisPubSubEndpoint endpoint, LinkContext context) {
        return new ClientLease(endpoint, context);
    }

    private static ClientResources resources(String relay) {
        return DefaultClientResources.builder()
                .threadFactoryProvider(pool -> threads(relay, pool.replace("lettuce-", "")))
                .nettyCustomizer(new Batches())
                .addressResolverGroup(resolvers())
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
    }

    /**
     * As Lettuce's own, but for the sockets: those are open for a look-up only. Lettuce keeps one for each thread, and a
     * thread that ends without a quiet period may leave it open.
     */
    private static AddressResolverGroup<?> resolvers() {
        return new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .datagramChannelType(Transports.datagramChannelClass())
                .socketChannelType(Transports.socketChannelClass().asSubclass(SocketChannel.class))
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .resolveCache(new DefaultDnsCache())
                .cnameCache(new DefaultDnsCnameCache()));
    }

    /**
     * Lets what was sent meanwhile go out in one system call, which costs as much as all else that is done for a
     * message: a flush waits until the thread of the connection has done what it has to do at the moment. And lets what
     * came together be handed over together.
     */
    private static final class Batches implements NettyCustomizer {
        private static final int FLUSHES = 256;

        @Override
        public void afterChannelInitialized(Channel channel) {
            channel.pipeline().addFirst(new ReadEnd(), new FlushConsolidationHandler(FLUSHES, true));
            LeanClient.of(channel).watch(channel);
        }
    }

    private static ThreadFactory threads(String relay, String role) {
        return new DefaultThreadFactory("araldo-" + relay + "-redis-" + role, true);
    }

    /** A connection that is lost is reported, not repaired: it is the relay that opens another. */
    private static ClientOptions options(int maxInFlight) {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(maxInFlight + SPARE_REQUESTS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build())
                // Else each command would have a timer; the routes have their own.
                .timeoutOptions(TimeoutOptions.create())
                .build();
    }

    LeanClient client() {
        return client;
    }

    /**
     * Closes the connections of the client, which answers what is unanswered, and gives the share back. Waiting for
     * threads to end blocks, so it happens on a thread of its own; the stage completes when all is done.
     *
     * @param answered complete when nothing is unanswered; waited for, within bounds
     */
    CompletableFuture<Void> release(CompletableFuture<?> answered) {
        CompletableFuture<Void> released = new CompletableFuture<>();
        closer.newThread(() -> {
                    try {
                        await(answered);
                        client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
                    } finally {
                        lease.close();
                        released.complete(null);
                    }
                })
                .start();
        return released;
    }

    private void await(CompletableFuture<?> answered) {
        try {
            answered.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What is still unanswered is unknown.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void shutDown(ClientResources resources) {
        resources
                .shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * SHUTDOWN_TIMEOUT.toMillis());
    }
}
