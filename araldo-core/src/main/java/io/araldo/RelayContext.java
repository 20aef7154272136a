package io.araldo;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The context of the links of one endpoint. */
record RelayContext(
        String relay,
        String endpoint,
        boolean receives,
        boolean sends,
        InstantSource clock,
        RelayThreads threads,
        SharedResources resources,
        Consumer<RelayEvent> events)
        implements LinkContext {
    RelayContext serving(boolean receiving, boolean sending) {
        return new RelayContext(relay, endpoint, receiving, sending, clock, threads, resources, events);
    }

    @Override
    public Origin origin(@Nullable String session, @Nullable String principal) {
        return new Origin(relay, endpoint, session, principal);
    }

    @Override
    public Executor executor() {
        return threads.lanes;
    }

    @Override
    public ScheduledExecutorService timer() {
        return threads.timer;
    }

    ExecutorService opening() {
        return threads.opening;
    }

    @Override
    public void raise(RelayEvent event) {
        events.accept(event);
    }

    @Override
    public <T> Lease<T> shared(Object key, Supplier<T> opener, Consumer<T> closer) {
        return resources.lease(key, opener, closer);
    }
}
