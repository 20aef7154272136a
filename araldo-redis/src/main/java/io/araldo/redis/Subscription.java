package io.araldo.redis;

import io.araldo.Acknowledgement;
import io.araldo.Inbox;
import io.araldo.LinkContext;
import io.araldo.Message;
import io.araldo.Origin;
import io.araldo.Payload;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands what is published to the inbox: on the thread of the connection, which serves others too, and together what was
 * read together. Redis wants no acknowledgement, and cannot be held back.
 */
final class Subscription extends RedisPubSubAdapter<byte[], byte[]> {
    private final Inbox inbox;
    private final Origin origin;
    private final RedisAddress address;

    /** Where messages come from, unless by a pattern. */
    private final List<String> trail;

    /** Read and not handed over yet: no more than one read from the connection. Of its thread. */
    private final List<Message> read = new ArrayList<>();

    /** Written by the connection's thread alone. */
    private final AtomicLong received = new AtomicLong();

    private volatile boolean closed;

    Subscription(RedisPubSubEndpoint endpoint, Inbox inbox, LinkContext context) {
        this.inbox = inbox;
        this.address = endpoint.address();
        this.trail = List.copyOf(endpoint.writes());
        this.origin = context.origin(null, null);
    }

    @Override
    public void message(byte[] channel, byte[] bytes) {
        hand(Message.of(Payload.wrapUtf8OrBinary(bytes)), trail);
    }

    @Override
    public void message(byte[] pattern, byte[] channel, byte[] bytes) {
        String name = new String(channel, StandardCharsets.UTF_8);
        hand(
                Message.of(Payload.wrapUtf8OrBinary(bytes)).withHeader(RedisPubSubEndpoint.CHANNEL_HEADER, name),
                List.of(address.resource(name)));
    }

    private void hand(Message message, List<String> from) {
        if (!closed) {
            received.lazySet(received.get() + 1);
            read.add(message.withOrigin(origin).withTrail(1, from));
            if (read.size() == 1) {
                ReadEnd.run(this::handOver);
            }
        }
    }

    private void handOver() {
        inbox.batch(() -> ReadEnd.forEachOf(read, message -> {
            if (!closed) {
                inbox.received(message, Acknowledgement.ignored());
            }
        }));
    }

    /** How many messages came so far. */
    long received() {
        return received.get();
    }

    /** Nothing is handed over any more. */
    void close() {
        closed = true;
    }
}
