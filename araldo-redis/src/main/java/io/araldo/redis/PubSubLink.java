package io.araldo.redis;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.EndpointException;
import io.araldo.Health;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Strain;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The live side of a {@link RedisPubSubEndpoint}: open from the beginning, until it is closed or lost. */
final class PubSubLink implements Link {
    private final RedisPubSubEndpoint endpoint;
    private final Inbox inbox;
    private final LinkContext context;
    private final ClientLease lease;
    private final Failures failures;
    private final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    /** Not there if no route writes to the endpoint. */
    private final @Nullable Publisher publisher;

    private final Subscription subscription;
    private final boolean subscribes;

    private final Instant opened;
    private final Strain full;
    private final Strain publishesInSilence;
    private final Strain subscribesInSilence;

    /** Not null once it has ended. */
    private volatile @Nullable Health down;

    PubSubLink(PubSubOpening opening) {
        this.endpoint = opening.endpoint;
        this.inbox = opening.inbox;
        this.context = opening.context;
        this.lease = opening.lease;
        this.failures = opening.failures;
        this.subscription = opening.subscription;
        this.subscribes = opening.subscribing() != null;
        StatefulRedisConnection<byte[], byte[]> publishing = opening.publishing();
        this.opened = context.clock().instant();
        this.full = Strain.of(
                context.clock(), "maxInFlight is reached: " + endpoint.maxInFlight() + " messages are unanswered");
        this.publishesInSilence = silence("publishes");
        this.subscribesInSilence = silence("subscribes");
        this.publisher = publishing == null ? null : new Publisher(publishing, endpoint, failures, full);
    }

    private Strain silence(String which) {
        return Strain.of(context.clock(), "no answer to a ping on the connection that " + which);
    }

    /** Begins to watch whether the connections live. */
    PubSubLink watched(PubSubOpening opening) {
        StatefulRedisConnection<byte[], byte[]> publishing = opening.publishing();
        if (publishing != null && publisher != null) {
            watch(
                    publishing,
                    new Heartbeat(
                            () -> publishing.async().ping(), publisher::replies, publishesInSilence, this::silent));
        }
        StatefulRedisPubSubConnection<byte[], byte[]> subscribing = opening.subscribing();
        if (subscribing != null) {
            watch(
                    subscribing,
                    new Heartbeat(
                            () -> subscribing.async().ping(),
                            subscription::received,
                            subscribesInSilence,
                            this::silent));
        }
        return this;
    }

    /** It may have been lost before we listened, or the other one while we did. */
    private void watch(StatefulConnection<byte[], byte[]> connection, Heartbeat heartbeat) {
        heartbeats.add(heartbeat);
        heartbeat.start(context.timer(), endpoint.heartbeat());
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> dead) {
                disconnected();
            }
        });
        if (!connection.isOpen()) {
            disconnected();
        }
        if (ended.get()) {
            heartbeat.stop();
        }
    }

    private void disconnected() {
        lost("it has closed the connection, or something on the way has");
    }

    private void silent() {
        lost("no answer to two pings, " + endpoint.heartbeat().toMillis() + " ms apart");
    }

    private void lost(String what) {
        EndpointException cause = failures.lost(what);
        if (end(String.valueOf(cause.getMessage()))) {
            stopPublishing();
            lease.release(CompletableFuture.completedFuture(null)).thenRun(() -> released.complete(null));
            inbox.lost(cause);
        }
    }

    /** Whether this call ended it. */
    private boolean end(String why) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        down = Health.down(context.clock().instant(), why);
        heartbeats.forEach(Heartbeat::stop);
        subscription.close();
        return true;
    }

    /** Complete when all that was sent is answered; for a lost connection that may be never. */
    private CompletableFuture<Void> stopPublishing() {
        return publisher == null ? CompletableFuture.completedFuture(null) : publisher.close();
    }

    @Override
    public void send(Message message, Acknowledgement acknowledgement) {
        if (endpoint.isPattern()) {
            acknowledgement.acknowledge(Outcome.failed(failures.pattern()));
        } else if (publisher == null) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NOT_WRITABLE));
        } else {
            publisher.send(message.payload(), acknowledgement);
        }
    }

    /** Nothing waits for it; see {@link Publisher}. */
    @Override
    public void flush() {}

    @Override
    public boolean serves(boolean receiving, boolean sending) {
        return (subscribes || !receiving) && (publisher != null || !sending);
    }

    @Override
    public URI address() {
        return endpoint.address().shown();
    }

    @Override
    public Health health() {
        Health ended = down;
        return ended == null ? Health.of(opened, full, publishesInSilence, subscribesInSilence) : ended;
    }

    @Override
    public CompletionStage<Void> close() {
        if (end("closed")) {
            lease.release(stopPublishing()).thenRun(() -> released.complete(null));
        }
        return released;
    }
}
