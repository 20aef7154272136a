package io.araldo.micrometer;

import io.araldo.Relay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The {@linkplain Relay#ledger() ledger} and the {@linkplain Relay#health() health} of a relay as meters:
 *
 * <pre>{@code
 * RelayMetrics.of(relay).bindTo(registry);
 * }</pre>
 *
 * <table>
 *   <caption>The meters; counters count messages</caption>
 *   <tr><th>meter <th>type <th>tags, beside {@code relay} <th>what it tells
 *   <tr><td>{@code araldo.endpoint.health} <td>gauge <td>endpoint <td>1 up, 0.5 degraded, 0 down
 *   <tr><td>{@code araldo.endpoint.received} <td>counter <td>endpoint <td>handed over by its links
 *   <tr><td>{@code araldo.endpoint.undecodable} <td>counter <td>endpoint <td>of these, refused by its marshaller
 *   <tr><td>{@code araldo.session.offered} <td>counter <td>endpoint <td>were sent to sessions, to each one counted
 *   <tr><td>{@code araldo.session.written} <td>counter <td>endpoint <td>went out to sessions
 *   <tr><td>{@code araldo.session.excluded} <td>counter <td>endpoint <td>were not for the session that had sent them
 *   <tr><td>{@code araldo.session.skipped} <td>counter <td>endpoint, reason <td>were missed by sessions
 *   <tr><td>{@code araldo.session.pending} <td>gauge <td>endpoint <td>wait for sessions
 *   <tr><td>{@code araldo.route.received} <td>counter <td>route <td>given by the source
 *   <tr><td>{@code araldo.route.produced} <td>counter <td>route <td>came out of splits
 *   <tr><td>{@code araldo.route.filtered} <td>counter <td>route <td>kept back by a step or the router
 *   <tr><td>{@code araldo.route.split} <td>counter <td>route <td>were split
 *   <tr><td>{@code araldo.route.failed} <td>counter <td>route <td>ended in an error before they were offered
 *   <tr><td>{@code araldo.route.dropped} <td>counter <td>route, reason <td>were given up
 *   <tr><td>{@code araldo.route.routed} <td>counter <td>route <td>were offered to targets
 *   <tr><td>{@code araldo.route.waiting} <td>gauge <td>route <td>wait
 *   <tr><td>{@code araldo.leg.offered} <td>counter <td>route, target <td>were sent
 *   <tr><td>{@code araldo.leg.delivered} <td>counter <td>route, target <td>were taken by the target
 *   <tr><td>{@code araldo.leg.failed} <td>counter <td>route, target <td>were answered with an error
 *   <tr><td>{@code araldo.leg.unknown} <td>counter <td>route, target <td>were not answered in time
 *   <tr><td>{@code araldo.leg.dropped} <td>counter <td>route, target, reason <td>were given up
 *   <tr><td>{@code araldo.leg.in.flight} <td>gauge <td>route, target <td>are unanswered
 *   <tr><td>{@code araldo.tap.…} <td>as leg <td>route, target <td>as leg, of the copies that taps took
 * </table>
 *
 * <p>A reason is a {@link io.araldo.DropReason} in lower case; each has a series from the start, so that the first drop
 * shows as an increase. All tags come from the plan and from that enum; none from sessions or messages. Give the relay
 * a name: a made-up one is another tag value after each start.
 *
 * <p>What is read within a second is read from one snapshot, however many meters there are. A route that is gone takes
 * its meters along when the next snapshot is taken, and the meters of a new one are there from the next scrape on. After
 * the relay is closed the meters show its last state, until {@link #close}.
 *
 * <p>All methods may be called from any thread and do not block.
 */
@SuppressWarnings("exports") // Micrometer is optional; whoever calls this requires it already
public final class RelayMetrics implements MeterBinder, AutoCloseable {
    private final Relay relay;
    private final Queue<Board> boards = new ConcurrentLinkedQueue<>();

    private RelayMetrics(Relay relay) {
        this.relay = relay;
    }

    /** The meters of a relay, in no registry yet. */
    public static RelayMetrics of(Relay relay) {
        return new RelayMetrics(Objects.requireNonNull(relay, "relay: null (expected: a relay)"));
    }

    /** Registers the meters; once for each registry. The registry then holds the relay until {@link #close}. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Board board = new Board(relay, registry);
        boards.add(board);
        board.refresh();
    }

    /** Removes the meters from wherever they were registered; the relay goes on. Again: nothing to do. */
    @Override
    public void close() {
        for (Board board = boards.poll(); board != null; board = boards.poll()) {
            board.close();
        }
    }
}
