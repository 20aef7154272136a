package io.araldo;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Chooses, for each message, some of the targets that its route declares. Called on the route's lane, one message at a
 * time; must not block. What it throws, {@code null}, and a target that the route did not declare are counted as failures.
 */
@FunctionalInterface
public interface Router {
    /**
     * The targets for a message.
     *
     * @param message what to route
     * @param targets what the route declares, in its order; unmodifiable
     * @return some of them, each counting once; none means that the message is filtered
     */
    List<Endpoint> route(Message message, List<Endpoint> targets);

    /** All targets: what a route without a router does. */
    static Router all() {
        return Routers.ALL;
    }

    /**
     * The target whose name stands in a header; none if there is no such header. A name of no target is a failure, which lists
     * those that there are.
     */
    static Router byHeader(String header) {
        return Routers.byHeader(Checks.notBlank("header", header));
    }

    /**
     * The target that a table has for the value of a header; none if there is no such header. A value that the table does
     * not have is a failure, which lists those that it has.
     *
     * @param header its name
     * @param targets by value; copied
     */
    static Router byHeader(String header, Map<String, ? extends Endpoint> targets) {
        return Routers.byHeader(Checks.notBlank("header", header), Checks.notNull("targets", targets));
    }

    /**
     * The one target that a function chooses.
     *
     * @param choice must not return {@code null}: what is for no target is for a filter
     */
    static Router by(Function<Message, ? extends Endpoint> choice) {
        return Routers.by(Checks.notNull("choice", choice));
    }

    /**
     * One target, always the same for the same key: equal keys keep their order. In every process, if the key is a text or
     * a number; a route with other targets, or in another order, may choose others.
     *
     * @param key what to take from a message, not {@code null}; its {@code hashCode} chooses
     */
    static Router byKeyHash(Function<Message, ?> key) {
        return Routers.byKeyHash(Checks.notNull("key", key));
    }
}
