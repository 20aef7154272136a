package io.araldo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routers that come with the core. */
final class Routers {
    static final Router ALL = (message, targets) -> targets;

    private static final int LONGEST_SHOWN = 64;

    private Routers() {}

    static Router byHeader(String header) {
        return (message, targets) -> message.header(header)
                .map(name -> targets.stream()
                        .filter(target -> target.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () -> noTarget(header, name, targets.stream().map(Endpoint::name))))
                .map(List::of)
                .orElse(List.of());
    }

    static Router byHeader(String header, Map<String, ? extends Endpoint> targets) {
        Map<String, Endpoint> known = new HashMap<>();
        targets.forEach((value, target) ->
                known.put(Checks.notNull("header value", value), Checks.notNull("target of '" + value + "'", target)));
        return (message, declared) -> message.header(header)
                .map(value -> {
                    Endpoint target = known.get(value);
                    if (target == null) {
                        throw noTarget(header, value, known.keySet().stream().sorted());
                    }
                    return List.of(target);
                })
                .orElse(List.of());
    }

    /** The value is a stranger's, perhaps, and goes to a log: as much of it as helps, on one line. */
    private static IllegalStateException noTarget(String header, String value, Stream<String> known) {
        String shown = value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
        return new IllegalStateException("header '" + header + "': '"
                + shown.replaceAll("\\p{C}", "?") + "' is for no target (expected: one of "
                + known.collect(Collectors.joining(", ")) + ")");
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
