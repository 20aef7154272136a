package io.araldo.websocket;

import java.util.concurrent.atomic.AtomicLong;

/** What all logs of one server may hold together, in bytes. Any thread. */
final class LogBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    LogBudget(long limit) {
        this.limit = limit;
    }

    boolean allows(long bytes) {
        boolean isAllowed = used.get() + bytes <= limit;
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

    long used() {
        return used.get();
    }
}
