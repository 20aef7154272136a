package io.araldo;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What links of one relay share: opened with the first lease of a key, closed with the last. */
final class SharedResources {
    /** Guarded by this. */
    private final Map<Object, Shared<?>> resources = new HashMap<>();

    private static final class Shared<T> {
        final Object key;
        final Consumer<T> closer;

        /** Guarded by the map's guard. */
        int leases;

        /** Guarded by this. */
        private @Nullable T resource;

        Shared(Object key, Consumer<T> closer) {
            this.key = key;
            this.closer = closer;
        }

        /** Opening happens under the lock of this key alone: a second one who asks for it must wait for it anyway. */
        synchronized T open(Supplier<T> opener) {
            T opened = resource;
            if (opened == null) {
                opened = Objects.requireNonNull(opener.get(), "the opener of a shared resource returned null");
                resource = opened;
            }
            return opened;
        }
    }

    <T> LinkContext.Lease<T> lease(Object key, Supplier<T> opener, Consumer<T> closer) {
        Shared<T> shared = counted(key, closer);
        try {
            return new SharedLease<>(shared, shared.open(opener));
        } catch (RuntimeException | Error e) {
            giveBack(shared);
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    private synchronized <T> Shared<T> counted(Object key, Consumer<T> closer) {
        Shared<T> shared = (Shared<T>) resources.computeIfAbsent(key, any -> new Shared<>(key, closer));
        shared.leases++;
        return shared;
    }

    /** Whether that was the last lease. */
    private synchronized boolean giveBack(Shared<?> shared) {
        return --shared.leases == 0 && resources.remove(shared.key, shared);
    }

    private final class SharedLease<T> implements LinkContext.Lease<T> {
        private final Shared<T> shared;
        private final T resource;
        private final AtomicBoolean closed = new AtomicBoolean();

        SharedLease(Shared<T> shared, T resource) {
            this.shared = shared;
            this.resource = resource;
        }

        @Override
        public T get() {
            return resource;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true) && giveBack(shared)) {
                shared.closer.accept(resource);
            }
        }
    }
}
