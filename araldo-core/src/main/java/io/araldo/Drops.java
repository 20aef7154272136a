package io.araldo;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts drops by reason; striped, for any number of threads. */
final class Drops {
    private final Map<DropReason, LongAdder> counts = new EnumMap<>(DropReason.class);

    Drops() {
        for (DropReason reason : DropReason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    void count(DropReason reason) {
        Objects.requireNonNull(counts.get(reason)).increment();
    }

    /** The reasons that occurred. */
    Map<DropReason, Long> counted() {
        Map<DropReason, Long> counted = new EnumMap<>(DropReason.class);
        counts.forEach((reason, count) -> {
            if (count.sum() > 0) {
                counted.put(reason, count.sum());
            }
        });
        return Collections.unmodifiableMap(counted);
    }
}
