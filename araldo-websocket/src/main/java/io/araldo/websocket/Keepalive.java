package io.araldo.websocket;

import java.time.Duration;
import java.util.Collection;

/**
 * The sweep over all sessions: pings for the silent, and an end for the dead and the slow. A client counts as alive while bytes
 * come from it, not while its connection takes what we write; where it does not take that at once, the stall timeout counts. Runs on
 * the timer's thread.
 */
final class Keepalive implements Runnable {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final long pingAfter;
    private final long giveUpAfter;
    private final long stallAfter;
    private final Collection<ServerPath> paths;

    Keepalive(ServerOptions options, Collection<ServerPath> paths) {
        this.pingAfter = options.pingInterval().toNanos();
        this.giveUpAfter = options.pongTimeout().toNanos();
        this.stallAfter = options.stallTimeout().toNanos();
        this.paths = paths;
    }

    /** How often to run: a quarter of the shortest limit, but between 10 and 250 ms. */
    Duration period() {
        Duration quarter = Duration.ofNanos(Math.min(Math.min(pingAfter, giveUpAfter), stallAfter) / 4);
        if (quarter.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return quarter.compareTo(LONGEST) > 0 ? LONGEST : quarter;
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        for (ServerPath path : paths) {
            path.link().sessions().forEach(session -> session.keepAlive(now, pingAfter, giveUpAfter));
            path.link().checkPace(now);
        }
    }
}
