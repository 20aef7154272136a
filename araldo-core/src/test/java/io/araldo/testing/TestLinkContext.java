package io.araldo.testing;

import io.araldo.LinkContext;
import io.araldo.Origin;
import io.araldo.RelayEvent;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a relay would give to the links of one endpoint, for tests of a link without a relay. All methods may be called
 * from any thread. It has one thread of its own, a daemon, which ends with {@link #close}.
 */
public final class TestLinkContext implements LinkContext, AutoCloseable {
    private final String relay;
    private final String endpoint;
    private final boolean receives;
    private final boolean sends;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timer;
    private final List<RelayEvent> events = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private final Map<Object, Shared<?>> resources = new HashMap<>();

    private TestLinkContext(String relay, String endpoint, boolean receives, boolean sends, InstantSource clock) {
        this.relay = relay;
        this.endpoint = endpoint;
        this.receives = receives;
        this.sends = sends;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "araldo-" + relay + "-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Of an endpoint that routes read from and write to. */
    public static TestLinkContext bothWays(String relay, String endpoint) {
        return new TestLinkContext(relay, endpoint, true, true, InstantSource.system());
    }

    /** The same with another clock, such as {@link ManualClock}. */
    public static TestLinkContext bothWays(String relay, String endpoint, InstantSource clock) {
        return new TestLinkContext(relay, endpoint, true, true, clock);
    }

    /** Of an endpoint that routes only read from. */
    public static TestLinkContext receiving(String relay, String endpoint) {
        return new TestLinkContext(relay, endpoint, true, false, InstantSource.system());
    }

    /** Of an endpoint that routes only write to. */
    public static TestLinkContext sending(String relay, String endpoint) {
        return new TestLinkContext(relay, endpoint, false, true, InstantSource.system());
    }

    @Override
    public String relay() {
        return relay;
    }

    @Override
    public boolean receives() {
        return receives;
    }

    @Override
    public boolean sends() {
        return sends;
    }

    @Override
    public Origin origin(@Nullable String session, @Nullable String principal) {
        return new Origin(relay, endpoint, session, principal);
    }

    /** The thread of the timer. */
    @Override
    public Executor executor() {
        return timer;
    }

    @Override
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** How many tasks wait on the timer: none, once every link is closed. */
    public int scheduled() {
        return timer.getQueue().size();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void raise(RelayEvent event) {
        events.add(event);
    }

    /** What was raised so far, in order: a copy. */
    public List<RelayEvent> events() {
        return List.copyOf(events);
    }

    /** How many shared resources are open: none, once every link is closed. */
    public synchronized int resources() {
        return resources.size();
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <T> Lease<T> shared(Object key, Supplier<T> opener, Consumer<T> closer) {
        Shared<T> shared = (Shared<T>) resources.computeIfAbsent(key, any -> new Shared<>(opener.get(), closer));
        shared.leases++;
        return new SharedLease<>(key, shared);
    }

    private static final class Shared<T> {
        final T resource;
        final Consumer<T> closer;
        int leases;

        Shared(T resource, Consumer<T> closer) {
            this.resource = resource;
            this.closer = closer;
        }
    }

    private final class SharedLease<T> implements Lease<T> {
        private final Object key;
        private final Shared<T> shared;
        private final AtomicBoolean closed = new AtomicBoolean();

        SharedLease(Object key, Shared<T> shared) {
            this.key = key;
            this.shared = shared;
        }

        @Override
        public T get() {
            return shared.resource;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true) && isLast()) {
                shared.closer.accept(shared.resource);
            }
        }

        private boolean isLast() {
            synchronized (TestLinkContext.this) {
                shared.leases--;
                return shared.leases == 0 && resources.remove(key, shared);
            }
        }
    }

    /** Ends the thread of the timer. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
