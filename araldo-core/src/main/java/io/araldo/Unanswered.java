package io.araldo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flights of a lane that were not answered at once, the oldest first: a list threaded through them. */
final class Unanswered {
    /** Guarded by this, as are the links in the flights. */
    private @Nullable Flight first;

    private @Nullable Flight last;

    /** Guarded by this. */
    private boolean closed;

    /** Lists a flight, unless it was answered meanwhile; {@code false} if nobody waits for answers any more. */
    synchronized boolean add(Flight flight) {
        if (closed || flight.isAnswered()) {
            return !closed;
        }
        flight.isListed = true;
        flight.previous = last;
        if (last == null) {
            first = flight;
        } else {
            last.next = flight;
        }
        last = flight;
        return true;
    }

    /** Called once a flight is answered; it may not have been listed at all. */
    synchronized void remove(Flight flight) {
        if (!flight.isListed) {
            return;
        }
        flight.isListed = false;
        if (flight.previous == null) {
            first = flight.next;
        } else {
            flight.previous.next = flight.next;
        }
        if (flight.next == null) {
            last = flight.previous;
        } else {
            flight.next.previous = flight.previous;
        }
        flight.previous = null;
        flight.next = null;
    }

    /** Those that were sent at this time or before. They stay listed until they are answered. */
    synchronized List<Flight> sentUntil(long nanos) {
        List<Flight> overdue = new ArrayList<>();
        for (Flight flight = first; flight != null && flight.sentNanos - nanos <= 0; flight = flight.next) {
            overdue.add(flight);
        }
        return overdue;
    }

    /** Takes no more, and hands over all: to be given up. */
    synchronized List<Flight> close() {
        closed = true;
        List<Flight> all = new ArrayList<>();
        for (Flight flight = first; flight != null; flight = flight.next) {
            all.add(flight);
        }
        return all;
    }

    /** How many there are for a leg. */
    synchronized long count(Leg leg) {
        long count = 0;
        for (Flight flight = first; flight != null; flight = flight.next) {
            count += flight.leg == leg ? 1 : 0;
        }
        return count;
    }
}
