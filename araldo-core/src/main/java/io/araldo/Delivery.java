package io.araldo;

import org.jspecify.annotations.Nullable;

/**
 * One received message on its way through all routes of its source. The routes share it, and the last one to settle it
 * answers the source.
 */
final class Delivery {
    /** Bytes of payload as received: what routes bound. */
    final int size;

    /** Whether a client sent it, so that its address counts on addressable routes only. */
    final boolean isFromClient;

    private final Source source;
    private final Acknowledgement acknowledgement;

    /** As on the wire until somebody asks for the message; guarded by this. */
    private Message message;

    /** Guarded by this. */
    private boolean isDecoded;

    /** Routes that have not settled it yet; guarded by this. */
    private int unsettled;

    /** Of the routes that have; guarded by this. */
    private @Nullable Outcome outcome;

    Delivery(Source source, Message message, boolean isDecoded, Acknowledgement acknowledgement, int routes) {
        this.source = source;
        this.message = message;
        this.isDecoded = isDecoded;
        this.acknowledgement = acknowledgement;
        this.unsettled = routes;
        this.size = message.payload().size();
        this.isFromClient = message.origin().isClient();
    }

    /**
     * The message; a foreign marshaller decodes it here, on the first lane that asks, since transport threads run no
     * user code.
     */
    synchronized Message message() {
        if (!isDecoded) {
            message = source.decode(message);
            isDecoded = true;
        }
        return message;
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
        answer(whole);
    }

    /** The source's link may be anybody's: what it throws must not reach the lane. */
    @SuppressWarnings("CatchThrowable")
    private void answer(Outcome whole) {
        try {
            acknowledgement.acknowledge(whole);
        } catch (Throwable e) {
            source.acknowledgementFailed(e);
        }
    }
}
