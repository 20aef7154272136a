package io.araldo.redis;

import io.araldo.Inbox;
import io.araldo.LinkContext;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open an endpoint: connects what is needed, at the same time, then subscribes. When anything fails, all
 * is closed again. Used once.
 */
final class PubSubOpening {
    final RedisPubSubEndpoint endpoint;
    final Inbox inbox;
    final LinkContext context;
    final Failures failures;
    final ClientLease lease;
    final Subscription subscription;

    private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> publisher;
    private @Nullable CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> subscriber;

    PubSubOpening(RedisPubSubEndpoint endpoint, Inbox inbox, LinkContext context) {
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.context = context;
        this.failures = new Failures(endpoint);
        this.subscription = new Subscription(endpoint, inbox, context);
        this.lease = ClientLease.take(context, endpoint.maxInFlight());
    }

    CompletionStage<PubSubLink> begin() {
        CompletableFuture<PubSubLink> opened = new CompletableFuture<>();
        connect()
                .thenCompose(connected -> subscribe())
                .thenApply(subscribed -> new PubSubLink(this).watched(this))
                .whenComplete((link, error) -> {
                    if (link != null) {
                        opened.complete(link);
                    } else {
                        lease.release(CompletableFuture.completedFuture(null))
                                .thenRun(() -> opened.completeExceptionally(failures.opening(error)));
                    }
                });
        return opened;
    }

    /** Complete when both have ended, so that none comes up after the other one has failed. */
    private CompletableFuture<Void> connect() {
        RedisURI uri = endpoint.address()
                .uri("araldo-" + context.relay() + "-" + endpoint.name(), ClientLease.CONNECT_TIMEOUT);
        CompletableFuture<?> none = CompletableFuture.completedFuture(null);
        if (context.sends()) {
            publisher =
                    lease.client().connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
        }
        if (context.receives()) {
            subscriber = lease.client()
                    .connectPubSubAsync(ByteArrayCodec.INSTANCE, uri)
                    .toCompletableFuture();
        }
        return CompletableFuture.allOf(publisher == null ? none : publisher, subscriber == null ? none : subscriber);
    }

    private CompletionStage<?> subscribe() {
        StatefulRedisPubSubConnection<byte[], byte[]> connection = subscribing();
        if (connection == null) {
            return CompletableFuture.completedFuture(null);
        }
        connection.addListener(subscription);
        byte[] channel = endpoint.channel().getBytes(StandardCharsets.UTF_8);
        return endpoint.isPattern()
                ? connection.async().psubscribe(channel)
                : connection.async().subscribe(channel);
    }

    /** The connection to publish by; none if no route writes to the endpoint. */
    @Nullable
    StatefulRedisConnection<byte[], byte[]> publishing() {
        return publisher == null ? null : publisher.join();
    }

    /** The connection that has subscribed; none if no route reads from the endpoint. */
    @Nullable
    StatefulRedisPubSubConnection<byte[], byte[]> subscribing() {
        return subscriber == null ? null : subscriber.join();
    }
}
