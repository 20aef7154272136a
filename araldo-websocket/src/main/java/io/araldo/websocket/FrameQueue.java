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

    /** What one write carries. */
    private final class Part implements Load {
        private final List<Item> taken;

        Part(List<Item> taken) {
            this.taken = taken;
        }

        @Override
        public void addTo(List<ByteBuffer> buffers) {
            taken.forEach(item -> buffers.add(item.frame().view()));
        }

        @Override
        public boolean written() {
            taken.forEach(item -> item.message().written());
            return !isEmpty();
        }

        @Override
        public void interrupted() {
            taken.forEach(item -> item.message().interrupted());
        }
    }

    /** Queues a frame; {@code false} once sealed, and the message is not told. */
    synchronized boolean offer(Frame frame, Outgoing message) {
        return !sealed && items.add(new Item(frame, message));
    }

    private synchronized boolean isEmpty() {
        return items.isEmpty();
    }

    @Override
    public synchronized @Nullable Load next() {
        return items.isEmpty() ? null : new Part(take());
    }

    @Override
    public synchronized void seal() {
        sealed = true;
    }

    @Override
    public void giveUp(DropReason reason) {
        List<Item> rest;
        synchronized (this) {
            sealed = true;
            rest = take();
        }
        rest.forEach(item -> item.message().lost(reason));
    }

    /** Guarded by this. */
    private List<Item> take() {
        List<Item> taken = items;
        items = new ArrayList<>();
        return taken;
    }
}
