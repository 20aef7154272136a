package io.araldo;

import java.util.List;
import java.util.function.Function;

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

    static Router byKeyHash(Function<Message, ?> key) {
        return (message, targets) -> {
            int hash = Integer.reverse(key.apply(message).hashCode() * 0x9E37_79B9);
            return List.of(targets.get(Math.floorMod(hash, targets.size())));
        };
    }
}
