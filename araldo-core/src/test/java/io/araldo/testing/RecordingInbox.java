package io.araldo.testing;

import io.araldo.Acknowledgement;
import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.Message;
import io.araldo.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An inbox for tests of a link without a relay: remembers what it was handed, answers it as delivered, and lets the
 * source go on at once. All methods may be called from any thread; it remembers without a bound.
 */
public final class RecordingInbox implements Inbox {
    /** Guarded by this, as is the other list. */
    private final List<Message> messages = new ArrayList<>();

    private final List<EndpointException> losses = new ArrayList<>();

    @Override
    public CompletableFuture<Void> received(Message message, Acknowledgement acknowledgement) {
        synchronized (this) {
            messages.add(message);
        }
        acknowledgement.acknowledge(Outcome.delivered());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void lost(EndpointException cause) {
        losses.add(cause);
    }

    /** What was received so far, in order: a copy. */
    public synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    /** The payloads received so far, as texts. */
    public List<String> texts() {
        return messages().stream().map(message -> message.payload().text()).toList();
    }

    /** With what the link was reported lost: a link must do so once at most. */
    public synchronized List<EndpointException> losses() {
        return List.copyOf(losses);
    }
}
