package io.araldo;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Requests that wait for their reply, by correlation. Bounded by their time-outs: each entry removes itself. */
final class PendingRequests {
    private final Map<String, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();

    CompletableFuture<Message> await(String correlation, Duration timeout) {
        CompletableFuture<Message> reply = new CompletableFuture<>();
        waiting.put(correlation, reply);
        reply.whenComplete((message, error) -> waiting.remove(correlation, reply));
        return reply.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the message was a reply that somebody waited for. */
    boolean complete(Message message) {
        if (waiting.isEmpty()) {
            return false;
        }
        CompletableFuture<Message> reply =
                message.header(Message.CORRELATION).map(waiting::remove).orElse(null);
        return reply != null && reply.complete(message);
    }
}
