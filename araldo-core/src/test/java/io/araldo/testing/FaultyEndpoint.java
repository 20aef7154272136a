package io.araldo.testing;

import io.araldo.Endpoint;
import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Marshaller;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endpoint that fails as it is told to, and otherwise is the one it wraps: for tests of what relays and applications
 * do then. Which messages are hit depends on the seed, on how often it was opened before, and on the order in which the
 * link is sent messages; of several faults the first that hits a message counts. Without faults it keeps the contract
 * as the wrapped one does. Reusable where the wrapped one is; it counts its openings.
 */
public final class FaultyEndpoint implements Endpoint {
    private final Endpoint wrapped;
    private final long seed;
    private final List<EndpointFault> faults;
    private final AtomicInteger openings = new AtomicInteger();

    private FaultyEndpoint(Endpoint wrapped, long seed, List<EndpointFault> faults) {
        this.wrapped = wrapped;
        this.seed = seed;
        this.faults = faults;
    }

    /** With these faults; the same seed gives the same failures. */
    public static FaultyEndpoint of(Endpoint wrapped, long seed, EndpointFault... faults) {
        return new FaultyEndpoint(wrapped, seed, List.of(faults));
    }

    @Override
    public String name() {
        return wrapped.name();
    }

    @Override
    public Marshaller marshaller() {
        return wrapped.marshaller();
    }

    @Override
    public boolean canWait() {
        return wrapped.canWait();
    }

    @Override
    public Set<String> writes() {
        return wrapped.writes();
    }

    @Override
    public boolean reads(String resource) {
        return wrapped.reads(resource);
    }

    /** How often somebody tried to open it. */
    public int openings() {
        return openings.get();
    }

    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        int opening = openings.incrementAndGet();
        for (EndpointFault fault : faults) {
            if (fault.kind() == EndpointFault.Kind.REFUSE && opening <= fault.count()) {
                throw new EndpointException("endpoint '" + name() + "': opening " + opening
                        + " fails as it was told to; open it again, or take away " + fault);
            }
        }
        FaultyLink link = new FaultyLink(name(), inbox, context, seed + opening, faults);
        return wrapped.open(link.inbox(), context).thenApply(link::over);
    }

    @Override
    public String toString() {
        return "FaultyEndpoint.of(" + wrapped + ", " + seed + ", " + faults + ")";
    }
}
