package io.araldo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The routers that come with the core. */
final class Routers {
    static final Router ALL = (message, targets) -> targets;

    private Routers() {}

    static Router byHeader(String header) {
        return (message, targets) -> message.header(header)
                .map(name -> targets.stream()
                        .filter(target -> target.name().equals(name))
                        .toList())
                .orElse(List.of());
    }

    static Router byHeader(String header, Map<String, ? extends Endpoint> targets) {
        Map<String, Endpoint> known = new HashMap<>();
        targets.forEach((value, target) ->
                known.put(Checks.notNull("header value", value), Checks.notNull("target of '" + value + "'", target)));
        return (message, declared) ->
                message.header(header).map(known::get).map(List::of).orElse(List.of());
    }

    static Router by(Function<Message, ? extends Endpoint> choice) {
        return (message, declared) -> List.of(chosen("by: the choice", choice.apply(message)));
    }

    private static <T> T chosen(String what, @Nullable T found) {
        if (found == null) {
            throw new IllegalStateException(what + " is null (expected: a value)");
        }
        return found;
    }

    static Router byKeyHash(Function<Message, ?> key) {
        return (message, targets) -> {
            int hash = Integer.reverse(
                    chosen("byKeyHash: the key", key.apply(message)).hashCode() * 0x9E37_79B9);
            return List.of(targets.get(Math.floorMod(hash, targets.size())));
        };
    }
}
