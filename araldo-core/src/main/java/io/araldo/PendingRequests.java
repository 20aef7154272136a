package io.araldo;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Requests that wait for their reply, by correlation. Bounded by their time-outs: each entry removes itself. */
final class PendingRequests {
    private final Map<String, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();

    CompletableFuture<Message> await(String correlation, Duration timeout) {
        CompletableFuture<Message> awaited = new CompletableFuture<>();
        CompletableFuture<Message> reply = new CompletableFuture<>();
        waiting.put(correlation, awaited);
        awaited.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((message, error) -> {
            waiting.remove(correlation, awaited);
            complete(reply, message, error);
        });
        reply.whenComplete((message, error) -> awaited.cancel(false));
        return reply;
    }

    /** A time-out comes on a thread that the whole JVM shares: what the application does then must not make it wait. */
    private static void complete(
            CompletableFuture<Message> reply, @Nullable Message message, @Nullable Throwable error) {
        boolean isLent = RelayThread.lend();
        try {
            if (error == null) {
                reply.complete(message);
            } else {
                reply.completeExceptionally(error);
            }
        } finally {
            if (isLent) {
                RelayThread.giveBack();
            }
        }
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
