package io.araldo.websocket;

import io.araldo.DropReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames for one peer; all that has gathered goes out in one write. Whoever offers them bounds it. Any thread. */
final class FrameQueue implements Backlog {
    private record Item(Frame frame, Outgoing message) {}

    /** Guarded by this. */
    private List<Item> items = new ArrayList<>();

    /** Guarded by this. */
    private boolean sealed;

    private record Items(List<Item> items) implements Load {
        @Override
        public void addTo(List<ByteBuffer> buffers) {
            items.forEach(item -> buffers.add(item.frame().view()));
        }

        @Override
        public void written() {
            items.forEach(item -> item.message().written());
        }

        @Override
        public void interrupted() {
            items.forEach(item -> item.message().interrupted());
        }
    }

    /** Queues a frame; {@code false} once sealed, and the message is not told. */
    synchronized boolean offer(Frame frame, Outgoing message) {
        return !sealed && items.add(new Item(frame, message));
    }

    @Override
    public synchronized @Nullable Load next() {
        return items.isEmpty() ? null : take();
    }

    @Override
    public synchronized void seal() {
        sealed = true;
    }

    @Override
    public void giveUp(DropReason reason) {
        Items rest;
        synchronized (this) {
            sealed = true;
            rest = take();
        }
        rest.items().forEach(item -> item.message().lost(reason));
    }

    /** Guarded by this. */
    private Items take() {
        Items taken = new Items(items);
        items = new ArrayList<>();
        return taken;
    }
}
