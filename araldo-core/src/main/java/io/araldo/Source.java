package io.araldo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** An endpoint that routes read from: decodes what its links receive, once, and offers it to the lanes. */
final class Source {
    private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);

    private final Endpoint endpoint;
    private final Marshaller marshaller;
    private final Reports reports;
    private final boolean decodesAtOnce;
    private final LongAdder received = new LongAdder();
    private final LongAdder undecodable = new LongAdder();

    /** Replaced when a route comes or goes; whoever receives a message takes the list as it is then. */
    private volatile List<Lane> lanes = List.of();

    /** Whether it takes in only what threads of a relay hand over: what handlers reply. */
    private volatile boolean isForReplies;

    /** Once stopped: complete when the relay has ended. */
    private volatile @Nullable CompletableFuture<Void> stopped;

    Source(Endpoint endpoint, Reports reports) {
        this.endpoint = endpoint;
        this.marshaller = endpoint.marshaller();
        this.reports = reports;
        this.decodesAtOnce = Route.isOwn(marshaller);
    }

    /** Lets another route read from here. */
    void add(Lane lane) {
        List<Lane> more = new ArrayList<>(lanes);
        more.add(lane);
        lanes = List.copyOf(more);
    }

    void remove(Lane lane) {
        lanes = lanes.stream().filter(other -> other != lane).toList();
    }

    /**
     * {@linkplain #stop Stops} it; an application's own end goes on with what its handlers reply, and gives up what other
     * threads send: of those, one that never ends would keep the routes busy for ever.
     */
    void stopProducers(CompletableFuture<Void> end) {
        if (endpoint instanceof LocalEndpoint) {
            isForReplies = true;
        } else {
            stop(end);
        }
    }

    /**
     * Takes in no more, where that is possible: a source that can wait is held back with its next message, which it has
     * read already. What others receive is given up.
     *
     * @param end complete when the relay has ended
     */
    void stop(CompletableFuture<Void> end) {
        stopped = end;
    }

    /** What a link of an endpoint received, which routes may read from or not. */
    static CompletableFuture<Void> hand(@Nullable Source reader, Message wire, Acknowledgement acknowledgement) {
        if (reader == null) {
            acknowledgement.acknowledge(Outcome.filtered());
            return READY;
        }
        return reader.received(wire, acknowledgement);
    }

    /** What a link of the endpoint received; see {@link Inbox#received}. */
    CompletableFuture<Void> received(Message wire, Acknowledgement acknowledgement) {
        received.increment();
        List<Lane> readers = lanes;
        if (readers.isEmpty()) {
            reports.answer(endpoint.name(), acknowledgement, Outcome.filtered());
            return READY;
        }
        Message decoded = null;
        if (decodesAtOnce) {
            try {
                decoded = decode(wire);
            } catch (MarshallingException e) {
                reports.answer(endpoint.name(), acknowledgement, Outcome.failed(e));
                return READY;
            }
        }
        Delivery delivery = Delivery.of(this, wire, decoded, acknowledgement, readers.size());
        CompletableFuture<Void> end = stopped;
        if (end != null) {
            return offerLate(delivery, readers, end);
        }
        return isForReplies && !RelayThread.isCurrent() ? refuse(delivery, readers) : offer(delivery, readers);
    }

    private CompletableFuture<Void> offerLate(Delivery delivery, List<Lane> readers, CompletableFuture<Void> end) {
        if (endpoint.canWait() && !(endpoint instanceof LocalEndpoint)) {
            offer(delivery, readers);
            return end;
        }
        return refuse(delivery, readers);
    }

    private static CompletableFuture<Void> refuse(Delivery delivery, List<Lane> readers) {
        readers.forEach(lane -> lane.refuse(delivery));
        return READY;
    }

    private static CompletableFuture<Void> offer(Delivery delivery, List<Lane> readers) {
        CompletableFuture<Void> ready = READY;
        for (Lane lane : readers) {
            CompletableFuture<Void> room = lane.offer(delivery);
            if (!room.isDone()) {
                ready = ready.isDone() ? room : CompletableFuture.allOf(ready, room);
            }
        }
        return ready;
    }

    /**
     * The message that a wire carries. What a client says of origin, trail, hops, id and time is discarded: the link's
     * stamps stay, headers among them.
     *
     * @throws MarshallingException if it is not in the marshaller's form; it has been counted
     */
    @SuppressWarnings("CatchThrowable")
    Message decode(Message wire) {
        if (marshaller == Marshaller.raw()) {
            return wire;
        }
        try {
            Message decoded = marshaller.decode(wire).withHeadersOf(wire);
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

    /** The count of an endpoint that routes read from, or not, and of its sessions. */
    static Ledger.EndpointCount count(@Nullable Source reader, Optional<Ledger.SessionCount> sessions) {
        return reader == null
                ? new Ledger.EndpointCount(0, 0, sessions)
                : new Ledger.EndpointCount(reader.received.sum(), reader.undecodable.sum(), sessions);
    }
}
