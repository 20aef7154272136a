package io.araldo;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What links of one relay share: opened with the first lease of a key, closed with the last. */
final class SharedResources {
    /** Guarded by this. */
    private final Map<Object, Shared<?>> resources = new HashMap<>();

    /** A resource and the number of its leases; guarded by the map's guard. */
    private static final class Shared<T> {
        final T resource;
        final Consumer<T> closer;
        int leases;

        Shared(T resource, Consumer<T> closer) {
            this.resource = resource;
            this.closer = closer;
        }
    }

    /** Opening happens under the lock: a second one who asks must wait for it anyway. */
    @SuppressWarnings("unchecked")
    synchronized <T> LinkContext.Lease<T> lease(Object key, Supplier<T> opener, Consumer<T> closer) {
        Shared<T> shared = (Shared<T>) resources.computeIfAbsent(key, any -> new Shared<>(opener.get(), closer));
        shared.leases++;
        return new SharedLease<>(key, shared);
    }

    private final class SharedLease<T> implements LinkContext.Lease<T> {
        private final Object key;
        private final Shared<T> shared;

        /** Guarded by the outer object. */
        private boolean closed;

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
            if (isLast()) {
                shared.closer.accept(shared.resource);
            }
        }

        private boolean isLast() {
            synchronized (SharedResources.this) {
                if (closed) {
                    return false;
                }
                closed = true;
                if (--shared.leases > 0) {
                    return false;
                }
                resources.remove(key);
                return true;
            }
        }
    }
}
