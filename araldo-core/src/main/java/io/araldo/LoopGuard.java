package io.araldo;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages from a target that they were read from, and those that have come too far from all targets. What it
 * needs to know travels in the message: over raw channels it cannot help, see {@link LoopCheck}.
 */
final class LoopGuard {
    /** More than any sensible chain of relays. */
    static final int MOST_HOPS = 8;

    private final Set<String> forbidden;
    private final int mostHops;

    LoopGuard(Route route, Endpoint target) {
        this.forbidden = route.allowsLoop() ? Set.of() : Set.copyOf(target.writes());
        this.mostHops = route.allowsLoop() ? route.loopHops() : MOST_HOPS;
    }

    /** Why a message must not go to the target; {@code null} if it may. */
    @Nullable
    DropReason refuses(Message message) {
        if (message.hops() > mostHops) {
            return DropReason.HOPS;
        }
        List<String> trail = message.trail();
        return trail.isEmpty() || forbidden.isEmpty() || trail.stream().noneMatch(forbidden::contains)
                ? null
                : DropReason.LOOP;
    }
}
