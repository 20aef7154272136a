package io.araldo.redis;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.EndpointException;
import io.araldo.Outcome;
import io.araldo.Payload;
import io.araldo.Strain;
import io.lettuce.core.api.StatefulConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends to one channel, from any number of threads; bounds what is unanswered. It gathers nothing itself: each message
 * is handed to the thread of the connection at once, and {@link ClientLease} sees to it that what that thread finds
 * together goes out in one system call.
 */
final class Publisher {
    private final StatefulConnection<byte[], byte[]> connection;
    private final PublishFrame frame;
    private final Failures failures;
    private final int maxInFlight;
    private final Strain full;

    private final AtomicInteger unanswered = new AtomicInteger();

    /** Written by the connection's thread alone. */
    private final AtomicLong replies = new AtomicLong();

    /** Complete when it is closed and nothing is unanswered. */
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();

    private volatile boolean closed;

    /**
     * Sends by a connection.
     *
     * @param full shows when as many messages are unanswered as may be
     */
    Publisher(
            StatefulConnection<byte[], byte[]> connection,
            RedisPubSubEndpoint endpoint,
            Failures failures,
            Strain full) {
        this.connection = connection;
        this.frame = new PublishFrame(endpoint.channel());
        this.failures = failures;
        this.maxInFlight = endpoint.maxInFlight();
        this.full = full;
    }

    /** A connection that has ended meanwhile refuses the command, which is then answered as not writable. */
    void send(Payload payload, Acknowledgement acknowledgement) {
        if (closed) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NOT_WRITABLE));
        } else if (unanswered.incrementAndGet() > maxInFlight) {
            full.shows();
            answer(acknowledgement, Outcome.dropped(DropReason.OVERFLOW));
        } else {
            connection.dispatch(new PublishCommand(this, payload, acknowledgement));
        }
    }

    PublishFrame frame() {
        return frame;
    }

    /** Called on the connection's thread when Redis has answered a message. */
    void replied() {
        replies.lazySet(replies.get() + 1);
    }

    /** How many answers came from Redis so far. */
    long replies() {
        return replies.get();
    }

    /**
     * Answers a message, for each command once. The room is given back before, as whoever is told may send the next one
     * at once; the end waits until they have been told.
     */
    void answer(Acknowledgement acknowledgement, Outcome outcome) {
        int left = unanswered.decrementAndGet();
        acknowledgement.acknowledge(outcome);
        if (left == 0 && closed) {
            quiet.complete(null);
        }
    }

    /** What a message fails with that Redis refused. */
    EndpointException refusal(String error) {
        return failures.refused(error);
    }

    /** Takes nothing more. Complete when all is answered, which may be never. */
    CompletableFuture<Void> close() {
        closed = true;
        if (unanswered.get() == 0) {
            quiet.complete(null);
        }
        return quiet;
    }
}
