package io.araldo;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a route does with a message before it sends it on.
 *
 * @param kind the word for it in drawings
 * @param action answers with the message to go on with, or {@code null} to filter it
 */
record Step(String kind, Action action) {
    /** What a step does; called on the lane, one message at a time. */
    @FunctionalInterface
    interface Action {
        @Nullable
        Message apply(Message message);
    }

    static Step filter(Predicate<Message> wanted) {
        return new Step("filter", message -> wanted.test(message) ? message : null);
    }

    static Step map(UnaryOperator<Message> change) {
        return new Step("map", message -> {
            Message changed = change.apply(message);
            if (changed == null) {
                throw new IllegalStateException("map: returned null (expected: a message; use filter to drop one)");
            }
            return changed;
        });
    }
}
