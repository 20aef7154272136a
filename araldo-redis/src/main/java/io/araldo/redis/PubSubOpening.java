package io.araldo.redis;

import io.araldo.Inbox;
import io.araldo.LinkContext;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open an endpoint: connects what is needed, at the same time, then subscribes. When anything fails, all
 * is closed again. Used once, by one thread, which it blocks: so the relay that closes ends it, by an interrupt.
 *
 * <p>It is given up when the server is silent for too long. What counts is how long each answer takes, and not all of
 * them together: from the other side of the world, TLS and all, opening may well take two seconds, but no answer does. A
 * network that has gone silent, on the other hand, is found out as soon as it could be.
 */
final class PubSubOpening {
    /** For the first time: the JVM may load classes meanwhile, for seconds where the machine has much else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For an endpoint that the relay has had open: as long as it waits, it does not notice that the server is back. */
    static final Duration PATIENCE_AGAIN = Duration.ofSeconds(2);

    final RedisPubSubEndpoint endpoint;
    final Inbox inbox;
    final LinkContext context;
    final Failures failures;
    final ClientLease lease;
    final Subscription subscription;

    private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> publisher;
    private @Nullable CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> subscriber;

    /** Complete when both of them are; set once. */
    private volatile @Nullable CompletableFuture<?> connected;

    PubSubOpening(RedisPubSubEndpoint endpoint, Inbox inbox, LinkContext context) {
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.context = context;
        this.failures = new Failures(endpoint);
        this.subscription = new Subscription(endpoint, inbox, context);
        this.lease = ClientLease.take(endpoint, context);
    }

    /** Blocks until it has ended, one way or the other: the stage is complete. */
    CompletionStage<PubSubLink> run() {
        try {
            CompletableFuture<Void> connecting = connect();
            connected = connecting;
            await(connecting.thenCompose(nothing -> subscribe()));
            PubSubLink link = new PubSubLink(this).watched(this);
            endpoint.wasOpen(context);
            return CompletableFuture.completedFuture(link);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(e);
        } catch (ExecutionException | TimeoutException | RuntimeException | Error e) {
            return failed(e);
        }
    }

    private CompletionStage<PubSubLink> failed(Throwable error) {
        CompletableFuture<?> connecting = connected;
        subscription.close();
        lease.client().abandon();
        // Lettuce complains when the threads are gone on which it would notice that.
        lease.release(connecting == null ? CompletableFuture.completedFuture(null) : connecting)
                .join();
        return CompletableFuture.failedFuture(failures.opening(error));
    }

    /** With each sign of life the server has as much time again. */
    private void await(CompletableFuture<?> subscribed)
            throws InterruptedException, ExecutionException, TimeoutException {
        Duration patience = endpoint.hasBeenOpen(context) ? PATIENCE_AGAIN : PATIENCE;
        long left = patience.toNanos();
        while (!subscribed.isDone() && left > 0) {
            waitFor(subscribed, left);
            left = patience.toNanos() - (System.nanoTime() - lease.client().lastHeard());
        }
        if (!subscribed.isDone()) {
            throw new TimeoutException(failures.silence(awaited(), patience));
        }
        subscribed.get();
    }

    private static void waitFor(CompletableFuture<?> awaited, long nanos) throws InterruptedException {
        try {
            awaited.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The caller looks how it stands.
        }
    }

    /** What it waits for at the moment. */
    Failures.Awaited awaited() {
        CompletableFuture<?> connecting = connected;
        if (connecting != null && connecting.isDone()) {
            return Failures.Awaited.SUBSCRIPTION;
        }
        return lease.client().isHeard() ? Failures.Awaited.LOGIN : Failures.Awaited.CONNECTION;
    }

    /** Complete when both have ended. */
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
