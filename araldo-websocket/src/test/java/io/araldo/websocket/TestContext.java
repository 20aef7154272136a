package io.araldo.websocket;

import io.araldo.LinkContext;
import io.araldo.Origin;
import io.araldo.RelayEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a relay gives to a link, without a relay. */
final class TestContext implements LinkContext, AutoCloseable {
    private final String relay;
    private final String endpoint;
    private final List<RelayEvent> events = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "test-timer");
        thread.setDaemon(true);
        return thread;
    });

    /** How far the clock is ahead. */
    private volatile Duration ahead = Duration.ZERO;

    TestContext(String relay, String endpoint) {
        this.relay = relay;
        this.endpoint = endpoint;
    }

    List<RelayEvent> events() {
        return events;
    }

    <E extends RelayEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public String relay() {
        return relay;
    }

    @Override
    public boolean receives() {
        return true;
    }

    @Override
    public boolean sends() {
        return true;
    }

    @Override
    public Origin origin(String session, String principal) {
        return new Origin(relay, endpoint, session, principal);
    }

    @Override
    public Executor executor() {
        return timer;
    }

    @Override
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Puts the clock forward. */
    void later(Duration step) {
        ahead = ahead.plus(step);
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.now().plus(ahead);
    }

    @Override
    public void raise(RelayEvent event) {
        events.add(event);
    }

    @Override
    public <T> Lease<T> shared(Object key, Supplier<T> opener, Consumer<T> closer) {
        T resource = opener.get();
        AtomicBoolean closed = new AtomicBoolean();
        return new Lease<>() {
            @Override
            public T get() {
                return resource;
            }

            @Override
            public void close() {
                if (closed.compareAndSet(false, true)) {
                    closer.accept(resource);
                }
            }
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
