package io.araldo.websocket;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The threads that write to many sessions while a server is bound, and what may wait for all of them together. */
final class Writers implements Executor {
    private final OutboundBudget budget;

    /** Replaced each time the server is bound. */
    private volatile @Nullable Executor threads;

    Writers(OutboundBudget budget) {
        this.budget = budget;
    }

    OutboundBudget budget() {
        return budget;
    }

    void use(Executor threads) {
        this.threads = threads;
    }

    /** Runs it, if the server is bound; there is nobody to write to otherwise. */
    @Override
    public void execute(Runnable pass) {
        Executor now = threads;
        if (now != null) {
            now.execute(pass);
        }
    }
}
