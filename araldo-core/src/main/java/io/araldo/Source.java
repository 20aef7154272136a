package io.araldo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** An endpoint that routes read from: decodes what its links receive, once, and offers it to the lanes. */
final class Source {
    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final Endpoint endpoint;
    private final Marshaller marshaller;
    private final Reports reports;
    private final List<Lane> lanes;
    private final boolean decodesAtOnce;
    private final LongAdder received = new LongAdder();
    private final LongAdder undecodable = new LongAdder();

    Source(Endpoint endpoint, List<Lane> lanes, Reports reports) {
        this.endpoint = endpoint;
        this.marshaller = endpoint.marshaller();
        this.lanes = lanes;
        this.reports = reports;
        this.decodesAtOnce = Route.isOwn(marshaller);
    }

    /** What a link of the endpoint received; see {@link Inbox#received}. */
    CompletableFuture<Void> received(Message wire, Acknowledgement acknowledgement) {
        received.increment();
        Message message = wire;
        if (decodesAtOnce) {
            try {
                message = decode(wire);
            } catch (MarshallingException e) {
                acknowledgement.acknowledge(Outcome.failed(e));
                return READY;
            }
        }
        return offer(new Delivery(this, message, decodesAtOnce, acknowledgement, lanes.size()));
    }

    private CompletableFuture<Void> offer(Delivery delivery) {
        CompletableFuture<Void> ready = READY;
        for (Lane lane : lanes) {
            CompletableFuture<Void> room = lane.offer(delivery);
            if (!room.isDone()) {
                ready = ready.isDone() ? room : CompletableFuture.allOf(ready, room);
            }
        }
        return ready;
    }

    /**
     * The message that a wire carries. What a client says of origin, trail, hops, id and time is discarded: the link's
     * stamps stay.
     *
     * @throws MarshallingException if it is not in the marshaller's form; it has been counted
     */
    Message decode(Message wire) {
        if (marshaller == Marshaller.raw()) {
            return wire;
        }
        try {
            Message decoded = marshaller.decode(wire);
            return wire.origin().isClient()
                    ? wire.withContent(decoded)
                    : decoded.withTrail(decoded.hops() + 1, decoded.trail());
        } catch (RuntimeException e) {
            undecodable.increment();
            MarshallingException refused = e instanceof MarshallingException known
                    ? known
                    : new MarshallingException(marshaller + " failed on " + wire.payload() + ": " + e, e);
            reports.failed(endpoint.name(), refused);
            throw refused;
        }
    }

    /** The contract says that an acknowledgement does not throw. */
    void acknowledgementFailed(Throwable error) {
        reports.failed(endpoint.name(), error);
    }

    Ledger.EndpointCount count() {
        return new Ledger.EndpointCount(received.sum(), undecodable.sum());
    }
}
