package io.araldo.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.araldo.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * The relays of this process, by what they log: each names itself when it starts, and a filter of Logback sees the
 * object itself, whatever the level. So nothing has to be told, and main code keeps no list for tests.
 *
 * <p>Its methods may be called by any thread.
 */
final class StartedRelays implements AutoCloseable {
    private final LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Queue<Relay> relays = new ConcurrentLinkedQueue<>();
    private final TurboFilter watch = new TurboFilter() {
        @Override
        public FilterReply decide(
                Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable thrown) {
            if (arguments != null && arguments.length == 1 && arguments[0] instanceof Relay relay) {
                relays.add(relay);
            }
            return FilterReply.NEUTRAL;
        }
    };

    private StartedRelays() {
        log.addTurboFilter(watch);
    }

    /**
     * Sees those that start from now on.
     *
     * @throws ClassCastException if something else than Logback logs
     */
    static StartedRelays watch() {
        return new StartedRelays();
    }

    /** Those that have started since the last call, the first one first. */
    List<Relay> take() {
        List<Relay> taken = new ArrayList<>();
        for (Relay relay = relays.poll(); relay != null; relay = relays.poll()) {
            taken.add(relay);
        }
        return taken;
    }

    /** Checks this one again the next time. */
    void putBack(Relay relay) {
        relays.add(relay);
    }

    /** Sees no more. */
    @Override
    public void close() {
        log.getTurboFilterList().remove(watch);
    }
}
