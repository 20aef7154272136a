package io.araldo;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets the first message of each key through, and filters those that follow within the window. */
final class Dedupe implements Step.Each {
    private final Function<Message, String> key;
    private final long windowMillis;
    private final int capacity;
    private final InstantSource clock;

    /** When a message of a key was last let through; the key that was asked for least recently first. The lane's. */
    private final Map<String, Long> passed = new LinkedHashMap<>(16, 0.75f, true);

    Dedupe(Function<Message, String> key, Duration window, int capacity, InstantSource clock) {
        this.key = key;
        this.windowMillis = window.toMillis();
        this.capacity = capacity;
        this.clock = clock;
    }

    @Override
    public @Nullable Message apply(Message message) {
        String of = key.apply(message);
        if (of == null) {
            throw new IllegalStateException("dedupe: the key is null (expected: a text)");
        }
        long now = clock.millis();
        Long last = passed.get(of);
        if (last != null && isWithinWindow(now - last)) {
            return null;
        }
        passed.put(of, now);
        if (passed.size() > capacity) {
            passed.remove(passed.keySet().iterator().next());
        }
        return message;
    }

    /** A clock that was set back must not make a key filter for longer than the window. */
    private boolean isWithinWindow(long age) {
        return age >= 0 && age < windowMillis;
    }
}
