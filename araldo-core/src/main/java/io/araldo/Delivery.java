package io.araldo;

import org.jspecify.annotations.Nullable;

/**
 * One received message on its way through all routes of its source. The routes share it, and the last one to settle it
 * answers the source. Where there is one route with one target, it is the flight there, too.
 */
final class Delivery extends Leg.Flight implements Whole {
    private final Acknowledgement acknowledgement;
    private final Message wire;

    /** {@code null} for what goes into one route, and needs no decoding: for most messages. */
    private final @Nullable Sharing sharing;

    /** What a lane sends beside its route, by a lane of its own; or what was received, for one route. */
    Delivery(Message message, Acknowledgement acknowledgement) {
        this(message, acknowledgement, null);
    }

    private Delivery(Message wire, Acknowledgement acknowledgement, @Nullable Sharing sharing) {
        this.wire = wire;
        this.acknowledgement = acknowledgement;
        this.sharing = sharing;
    }

    /** What was received as {@code wire}; decoded already, or {@code null} if that is for a lane to do. */
    static Delivery of(
            Source source, Message wire, @Nullable Message decoded, Acknowledgement acknowledgement, int routes) {
        boolean isAlone = routes == 1 && decoded == wire;
        return new Delivery(wire, acknowledgement, isAlone ? null : new Sharing(source, decoded, routes));
    }

    /** What the routes have in common, and the message that they decode. */
    private static final class Sharing {
        private final Source source;

        /** {@code null} until somebody asks for the message; written once. */
        private volatile @Nullable Message decoded;

        /** Why there is no message; guarded by this. */
        private @Nullable MarshallingException refused;

        /** Routes that have not settled it yet; guarded by the delivery, as is the outcome of those that have. */
        private int unsettled;

        private @Nullable Outcome outcome;

        Sharing(Source source, @Nullable Message decoded, int routes) {
            this.source = source;
            this.decoded = decoded;
            this.unsettled = routes;
        }

        Message message(Message wire) {
            Message message = decoded;
            return message != null ? message : decode(wire);
        }

        /**
         * Under the lock, so that other lanes wait that need the same. Not that of the delivery: a transport's thread
         * that drops a message must not wait for user code.
         */
        private synchronized Message decode(Message wire) {
            Message message = decoded;
            if (message != null) {
                return message;
            }
            if (refused != null) {
                throw refused;
            }
            try {
                message = source.decode(wire);
            } catch (MarshallingException e) {
                refused = e;
                throw e;
            }
            decoded = message;
            return message;
        }
    }

    /** Bytes of payload as received: what routes bound. */
    int size() {
        return wire.payload().size();
    }

    /** Whether its sender cannot be held back, so that a full route has to drop it. */
    boolean mustNotWait() {
        return acknowledgement instanceof LocalLink.Hasty;
    }

    /** The session that it was received from, if there was one. */
    @Nullable
    String session() {
        return wire.origin().session();
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
        return sharing == null ? wire : sharing.message(wire);
    }

    /** Whether only one route has it, and nothing was to be decoded. */
    boolean isForOneRoute() {
        return sharing == null;
    }

    @Override
    Whole whole() {
        return this;
    }

    @Override
    public void ended(Lane lane, Outcome outcome) {
        lane.finished(this, outcome);
    }

    /** One route is done with it. */
    void settle(Lane lane, Outcome routeOutcome) {
        Outcome whole = sharing == null ? routeOutcome : settled(sharing, routeOutcome);
        if (whole != null) {
            lane.answer(acknowledgement, whole);
        }
    }

    /** The outcome of all routes, once the last one has settled it. */
    private synchronized @Nullable Outcome settled(Sharing routes, Outcome routeOutcome) {
        Outcome whole = routes.outcome == null ? routeOutcome : routes.outcome.and(routeOutcome);
        routes.outcome = whole;
        return --routes.unsettled > 0 ? null : whole;
    }
}
