package io.araldo;

import org.jspecify.annotations.Nullable;

/**
 * One received message on its way through all routes of its source. The routes share it, and the last one to settle it
 * answers the source.
 */
final class Delivery implements Whole {
    /** {@code null} for what the relay itself sends beside a route, which is decoded already. */
    private final @Nullable Source source;

    private final Acknowledgement acknowledgement;
    private final Message wire;

    /** {@code null} until somebody asks for the message; written once. */
    private volatile @Nullable Message decoded;

    private final Decoding decoding;

    /** Routes that have not settled it yet; guarded by this. */
    private int unsettled;

    /** Of the routes that have; guarded by this. */
    private @Nullable Outcome outcome;

    /**
     * Held by the lane that decodes, while others wait that need the same. Not the lock of the rest: a transport's thread
     * that drops a message must not wait for user code.
     */
    private static final class Decoding {
        /** Of all deliveries with nothing left to decode: nobody takes it. There is one delivery for each message. */
        private static final Decoding DONE = new Decoding();

        /** Why there is no message; guarded by this. */
        private @Nullable MarshallingException refused;
    }

    /** What a lane sends beside its route, by a lane of its own. */
    Delivery(Message message, Acknowledgement acknowledgement) {
        this(null, message, message, acknowledgement, 1);
    }

    /** What was received as {@code wire}; decoded already, or {@code null} if that is for a lane to do. */
    Delivery(
            @Nullable Source source,
            Message wire,
            @Nullable Message decoded,
            Acknowledgement acknowledgement,
            int routes) {
        this.source = source;
        this.wire = wire;
        this.decoded = decoded;
        this.decoding = decoded == null ? new Decoding() : Decoding.DONE;
        this.acknowledgement = acknowledgement;
        this.unsettled = routes;
    }

    /** Bytes of payload as received: what routes bound. */
    int size() {
        return wire.payload().size();
    }

    /** Whether a client sent it, so that its address counts on addressable routes only. */
    boolean isFromClient() {
        return wire.origin().isClient();
    }

    /**
     * The message; a foreign marshaller decodes it here, on the first lane that asks, since transport threads run no
     * user code.
     *
     * @throws MarshallingException if it cannot be decoded; every lane gets the same
     */
    Message message() {
        Message message = decoded;
        return message != null ? message : decode();
    }

    private Message decode() {
        synchronized (decoding) {
            Message message = decoded;
            if (message != null) {
                return message;
            }
            if (decoding.refused != null) {
                throw decoding.refused;
            }
            try {
                message = source == null ? wire : source.decode(wire);
            } catch (MarshallingException e) {
                decoding.refused = e;
                throw e;
            }
            decoded = message;
            return message;
        }
    }

    @Override
    public void ended(Lane lane, Outcome outcome) {
        lane.finished(this, outcome);
    }

    /** One route is done with it. */
    void settle(Outcome routeOutcome) {
        Outcome whole;
        synchronized (this) {
            whole = outcome == null ? routeOutcome : outcome.and(routeOutcome);
            outcome = whole;
            if (--unsettled > 0) {
                return;
            }
        }
        if (source == null) {
            acknowledgement.acknowledge(whole);
        } else {
            source.answer(acknowledgement, whole);
        }
    }
}
