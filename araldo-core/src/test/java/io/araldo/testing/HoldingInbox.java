package io.araldo.testing;

import io.araldo.Acknowledgement;
import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.Message;
import io.araldo.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** An inbox that has no room: it counts what it is handed, and sources must wait until it is drained. Any thread. */
final class HoldingInbox implements Inbox {
    private final CompletableFuture<Void> room = new CompletableFuture<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public CompletableFuture<Void> received(Message message, Acknowledgement acknowledgement) {
        count.incrementAndGet();
        acknowledgement.acknowledge(Outcome.delivered());
        return room;
    }

    @Override
    public void lost(EndpointException cause) {}

    int count() {
        return count.get();
    }

    /** From now on there is room. */
    void drain() {
        room.complete(null);
    }
}
