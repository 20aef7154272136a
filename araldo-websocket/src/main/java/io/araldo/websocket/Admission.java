package io.araldo.websocket;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts sessions, in total and by remote address, and refuses those beyond the limits. Tyrus's own count leaks a place
 * for each session that it refuses.
 */
final class Admission {
    private final int maxSessions;
    private final int maxSessionsPerAddress;

    /** Both guarded by this. */
    private int sessions;

    private final Map<String, Integer> byAddress = new HashMap<>();

    Admission(int maxSessions, int maxSessionsPerAddress) {
        this.maxSessions = maxSessions;
        this.maxSessionsPerAddress = maxSessionsPerAddress;
    }

    /** Takes a place, which {@link #leave} gives back; or says why there is none. */
    synchronized @Nullable Refusal enter(String remoteAddress) {
        if (sessions >= maxSessions) {
            return new Refusal(503, "all " + maxSessions + " sessions are taken (maxSessions)");
        }
        int fromThere = byAddress.getOrDefault(remoteAddress, 0);
        if (fromThere >= maxSessionsPerAddress) {
            return new Refusal(
                    503,
                    "all " + maxSessionsPerAddress + " sessions of your address are taken (maxSessionsPerAddress)");
        }
        sessions++;
        byAddress.put(remoteAddress, fromThere + 1);
        return null;
    }

    synchronized void leave(String remoteAddress) {
        sessions--;
        byAddress.computeIfPresent(remoteAddress, (address, count) -> count == 1 ? null : count - 1);
    }
}
