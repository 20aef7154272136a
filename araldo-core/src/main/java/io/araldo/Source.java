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
        if (!decodesAtOnce) {
            return offer(new Delivery(this, wire, null, acknowledgement, lanes.size()));
        }
        Message decoded;
        try {
            decoded = decode(wire);
        } catch (MarshallingException e) {
            answer(acknowledgement, Outcome.failed(e));
            return READY;
        }
        return offer(new Delivery(this, wire, decoded, acknowledgement, lanes.size()));
    }

    /** Tells a link; what its acknowledgement throws, against its contract, must not end the lane that tells it. */
    @SuppressWarnings("CatchThrowable")
    void answer(Acknowledgement acknowledgement, Outcome outcome) {
        try {
            acknowledgement.acknowledge(outcome);
        } catch (Throwable e) {
            reports.failed(
                    endpoint.name(),
                    new AraldoException(
                            "an acknowledgement of '" + endpoint.name() + "' threw " + Reports.oneLine(e)
                                    + " (expected: it does not throw)",
                            e));
        }
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
    @SuppressWarnings("CatchThrowable")
    Message decode(Message wire) {
        if (marshaller == Marshaller.raw()) {
            return wire;
        }
        try {
            Message decoded = marshaller.decode(wire);
            return wire.origin().isClient()
                    ? wire.withContent(decoded)
                    : decoded.withTrail(decoded.hops() + 1, decoded.trail(), wire.trail());
        } catch (Throwable e) {
            undecodable.increment();
            MarshallingException refused = e instanceof MarshallingException known
                    ? known
                    : new MarshallingException(marshaller + " failed on " + wire.payload() + ": " + e, e);
            reports.failed(endpoint.name(), refused);
            throw refused;
        }
    }

    Ledger.EndpointCount count() {
        return new Ledger.EndpointCount(received.sum(), undecodable.sum());
    }
}
