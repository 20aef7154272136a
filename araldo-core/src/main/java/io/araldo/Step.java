package io.araldo;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a route does with a message before it sends it on: a description, which each lane opens for itself.
 *
 * @param kind the word for it in drawings
 * @param tap the endpoint that gets a copy here, if that is what it does
 * @param opener makes what runs
 */
record Step(String kind, @Nullable Endpoint tap, Opener opener) {
    /** Called once for each lane. */
    @FunctionalInterface
    interface Opener {
        Action open(LaneContext context, Map<Endpoint, SideLane> taps);
    }

    /** A step that runs; called by whoever runs the lane, one message at a time. */
    sealed interface Action {}

    /** From one message to one, or none. */
    @FunctionalInterface
    non-sealed interface Each extends Action {
        /** The message to go on with, or {@code null} to filter it. */
        @Nullable
        Message apply(Message message);
    }

    /** From one message to many. */
    @FunctionalInterface
    non-sealed interface Split extends Action {
        List<Message> apply(Message message);
    }

    /** Where messages wait. */
    @FunctionalInterface
    non-sealed interface Gate extends Action {
        /** Lets one through, which is 0, or tells for how many nanoseconds it has to wait before it asks again. */
        long nanosToWait();
    }

    static Step filter(Predicate<Message> wanted) {
        return each("filter", message -> wanted.test(message) ? message : null);
    }

    static Step map(UnaryOperator<Message> change) {
        return each("map", message -> {
            Message changed = change.apply(message);
            if (changed == null) {
                throw new IllegalStateException("map: returned null (expected: a message; use filter to drop one)");
            }
            return changed.madeOf(message);
        });
    }

    static Step split(Function<Message, ? extends Collection<Message>> parts) {
        Split split = message -> {
            Collection<Message> found = parts.apply(message);
            if (found == null || found.stream().anyMatch(part -> part == null)) {
                throw new IllegalStateException("split: returned " + (found == null ? "null" : "a null in a collection")
                        + " (expected: messages; an empty collection if there is none)");
            }
            return found.stream().map(part -> part.madeOf(message)).toList();
        };
        return new Step("split", null, (context, taps) -> split);
    }

    static Step tap(Endpoint endpoint) {
        return new Step("tap", endpoint, (context, taps) -> {
            SideLane side = Objects.requireNonNull(taps.get(endpoint));
            return (Each) message -> {
                side.offer(message, Acknowledgement.ignored());
                return message;
            };
        });
    }

    static Step dedupe(Function<Message, String> key, Duration window, int capacity) {
        return new Step("dedupe", null, (context, taps) -> new Dedupe(key, window, capacity, context.clock()));
    }

    static Step rateLimit(int permits, Duration per) {
        return new Step("rate limit", null, (context, taps) -> new RateLimit(permits, per, context.timer()));
    }

    private static Step each(String kind, Each action) {
        return new Step(kind, null, (context, taps) -> action);
    }
}
