package io.araldo;

import java.time.InstantSource;

/** Where a route hands what has failed for good. */
final class DeadLetters {
    /** An error's text may be anything; a header should not be. */
    private static final int CAUSE_LENGTH = 1_000;

    private final String route;
    private final Endpoint endpoint;
    private final InstantSource clock;
    private final SideLane side;

    DeadLetters(Route route, Endpoint endpoint, LaneContext context) {
        this.route = route.name();
        this.endpoint = endpoint;
        this.clock = context.clock();
        this.side = SideLane.deadLetters(route, endpoint, context);
    }

    String name() {
        return endpoint.name();
    }

    Lane lane() {
        return side.lane();
    }

    Ledger.LegCount count() {
        return side.count();
    }

    /** Tells the acknowledgement whether the message is dead-lettered or, if nobody took it, has failed. */
    void take(Message message, int attempts, Throwable cause, Acknowledgement acknowledgement) {
        side.offer(
                letter(message, attempts, cause),
                outcome -> acknowledgement.acknowledge(
                        outcome.kind() == Outcome.Kind.DELIVERED ? Outcome.deadLettered() : Outcome.failed(cause)));
    }

    private Message letter(Message message, int attempts, Throwable cause) {
        String text = Reports.oneLine(cause);
        return message.withHeader(Message.DEAD_LETTER_CAUSE, text.substring(0, Math.min(text.length(), CAUSE_LENGTH)))
                .withHeader(Message.DEAD_LETTER_ATTEMPTS, Integer.toString(attempts))
                .withHeader(Message.DEAD_LETTER_ROUTE, route)
                .withHeader(Message.DEAD_LETTER_TIME, clock.instant().toString());
    }
}
