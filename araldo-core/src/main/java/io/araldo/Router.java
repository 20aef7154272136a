package io.araldo;

import java.util.List;
import java.util.function.Function;

/**
 * Chooses, for each message, some of the targets that its route declares. Called on the route's lane, one message at a
 * time; must not block. What it throws, and a target that the route did not declare, is counted as a failure.
 */
@FunctionalInterface
public interface Router {
    /**
     * The targets for a message.
     *
     * @param message what to route
     * @param targets what the route declares, in its order; unmodifiable
     * @return some of them; none means that the message is filtered
     */
    List<Endpoint> route(Message message, List<Endpoint> targets);

    /** All targets: what a route without a router does. */
    static Router all() {
        return Routers.ALL;
    }

    /** The target whose name stands in a header; none if there is no such header or target. */
    static Router byHeader(String header) {
        return Routers.byHeader(Checks.notBlank("header", header));
    }

    /**
     * One target, always the same for the same key: equal keys keep their order.
     *
     * @param key what to take from a message; its {@code hashCode} chooses
     */
    static Router byKeyHash(Function<Message, ?> key) {
        return Routers.byKeyHash(Checks.notNull("key", key));
    }
}
