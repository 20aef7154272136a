package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An inbox that keeps what it is given, and can be full. */
final class RecordingInbox implements Inbox {
    private static final CompletableFuture<Void> GO_ON = CompletableFuture.completedFuture(null);

    private final List<Message> messages = Collections.synchronizedList(new ArrayList<>());
    private final List<EndpointException> losses = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger count = new AtomicInteger();
    private volatile CompletableFuture<Void> room = GO_ON;
    private volatile boolean keeps = true;
    private volatile Consumer<Message> reaction = message -> {};
    private volatile Runnable afterBatch = () -> {};

    @Override
    public CompletableFuture<Void> received(Message message, Acknowledgement acknowledgement) {
        if (keeps) {
            messages.add(message);
        }
        count.incrementAndGet();
        reaction.accept(message);
        return room;
    }

    @Override
    public void batch(Runnable read) {
        read.run();
        afterBatch.run();
    }

    @Override
    public void lost(EndpointException cause) {
        losses.add(cause);
    }

    /** From here on it only counts, for tests with very many messages. */
    void onlyCount() {
        keeps = false;
    }

    void onMessage(Consumer<Message> reaction) {
        this.reaction = reaction;
    }

    void afterBatch(Runnable afterBatch) {
        this.afterBatch = afterBatch;
    }

    /** From here on there is no room. */
    void fill() {
        room = new CompletableFuture<>();
    }

    /** There is room again. */
    void drain() {
        CompletableFuture<Void> was = room;
        room = GO_ON;
        was.complete(null);
    }

    List<EndpointException> losses() {
        synchronized (losses) {
            return List.copyOf(losses);
        }
    }

    int count() {
        return count.get();
    }

    List<Message> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    List<String> texts() {
        return messages().stream().map(message -> message.payload().text()).toList();
    }
}
