package io.araldo.websocket;

import java.util.concurrent.atomic.AtomicLong;

/** What all logs of one server may hold together, in bytes. Any thread. */
final class LogBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    LogBudget(long limit) {
        this.limit = limit;
    }

    boolean allows(long bytes) {
        return used.get() + bytes <= limit;
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
