package io.araldo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of the messages for the sessions of one endpoint, over all links that it had. Those that have ended are kept
 * as one sum. All methods may be called from any thread; links are asked without a lock.
 */
final class SessionTotal {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final String endpoint;

    /** Those that are not in the sum; guarded by this. */
    private final List<Link> links = new ArrayList<>(1);

    /** Guarded by this. */
    private Optional<Ledger.SessionCount> ended = Optional.empty();

    SessionTotal(String endpoint) {
        this.endpoint = endpoint;
    }

    /** A link is open. What was open before counts as it does now: it may never come to rest. */
    void opened(Link link) {
        links().forEach(other -> fold(other, of(other)));
        synchronized (this) {
            links.add(link);
        }
    }

    /** A link is closed, and counts no more but for what is still being written. Again: nothing to do. */
    void ended(Link link) {
        Optional<Ledger.SessionCount> last = of(link);
        if (last.isEmpty() || last.get().pending() == 0) {
            fold(link, last);
        }
    }

    /** Nothing to do for a link that is in the sum, or was never open. */
    private void fold(Link link, Optional<Ledger.SessionCount> last) {
        synchronized (this) {
            if (links.remove(link)) {
                ended = sum(ended, last);
            }
        }
    }

    /** The sum of all; empty if none of the links is of a kind that has sessions. */
    Optional<Ledger.SessionCount> count() {
        Optional<Ledger.SessionCount> total;
        List<Link> others;
        synchronized (this) {
            total = ended;
            others = links();
        }
        for (Link link : others) {
            total = sum(total, of(link));
        }
        return total;
    }

    private synchronized List<Link> links() {
        return List.copyOf(links);
    }

    private static Optional<Ledger.SessionCount> sum(
            Optional<Ledger.SessionCount> one, Optional<Ledger.SessionCount> other) {
        return one.isEmpty() ? other : one.map(count -> count.plus(other.orElse(Ledger.SessionCount.NONE)));
    }

    /** One that throws when it is asked must not hide what others have counted. */
    @SuppressWarnings("CatchThrowable")
    private Optional<Ledger.SessionCount> of(Link link) {
        try {
            return Checks.notNull("sessionCount", link.sessionCount());
        } catch (Throwable e) {
            LOG.warn("'{}': sessions are not counted, its sessionCount() threw {}", endpoint, Reports.oneLine(e));
            return Optional.empty();
        }
    }
}
