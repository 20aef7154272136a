package io.araldo;

/** What a part belongs to (a leg of a message, a part of a split), and what learns how the part ended. */
interface Whole {
    /** One part has ended; called once for each, on any thread, and must not block. */
    void ended(Lane lane, Outcome outcome);

    /** The link of a leg has answered. */
    default void answered(Leg leg, Outcome outcome) {
        leg.count(outcome);
        ended(leg.lane, outcome);
    }
}
