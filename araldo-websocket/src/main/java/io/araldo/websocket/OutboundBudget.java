package io.araldo.websocket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may wait for all sessions of one server together, in bytes: so much in its logs, and as much again of what is
 * addressed. Of that a session gets no more when it has as much as is free, so those that do not read leave a part to those
 * that do. Any thread.
 */
final class OutboundBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong addressed = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    OutboundBudget(long limit) {
        this.limit = limit;
    }

    /** Whether logs may take so much more. */
    boolean allows(long bytes) {
        return counted(used.get() + bytes <= limit);
    }

    /** Whether a session may have more messages of its own, when those of so many bytes wait for it; the first always. */
    boolean allowsBeside(long own) {
        return counted(own == 0 || own <= limit - addressed.get());
    }

    private boolean counted(boolean isAllowed) {
        if (!isAllowed) {
            refusals.incrementAndGet();
        }
        return isAllowed;
    }

    /** How often something was not allowed: changes while the budget is used up. */
    long refusals() {
        return refusals.get();
    }

    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** What the logs hold. */
    long used() {
        return used.get();
    }

    /** What is addressed and waits. */
    long addressed() {
        return addressed.get();
    }

    /** A frame that is addressed to so many sessions, at least one: it counts once, until each has it or will not get it. */
    Holding hold(Frame frame, int sessions) {
        addressed.addAndGet(frame.size());
        return new Holding(frame.size(), sessions);
    }

    /** One such frame. */
    final class Holding {
        private final int bytes;
        private final AtomicInteger waiting;

        private Holding(int bytes, int sessions) {
            this.bytes = bytes;
            this.waiting = new AtomicInteger(sessions);
        }

        /** It waits for one session less. */
        void release() {
            if (waiting.decrementAndGet() == 0) {
                addressed.addAndGet(-bytes);
            }
        }
    }
}
