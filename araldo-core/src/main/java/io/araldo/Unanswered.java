package io.araldo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flights of a lane that were not answered at once, the oldest first: a list from which any can be taken. */
final class Unanswered {
    /** Guarded by this, as are the links in the places. */
    private @Nullable Place first;

    private @Nullable Place last;

    /** Guarded by this. */
    private boolean closed;

    /** Where a flight stands in the list. */
    static final class Place {
        private final Leg.Flight flight;
        private final long sentNanos;
        private @Nullable Place previous;
        private @Nullable Place next;

        private Place(Leg.Flight flight, long sentNanos) {
            this.flight = flight;
            this.sentNanos = sentNanos;
        }
    }

    /** Lists a flight, unless it was answered meanwhile; {@code false} if nobody waits for answers any more. */
    synchronized boolean add(Leg.Flight flight, long sentNanos) {
        if (closed) {
            return false;
        }
        Place place = new Place(flight, sentNanos);
        if (!flight.takes(place)) {
            return true;
        }
        // Whoever answers from here on waits for the lock.
        place.previous = last;
        if (last == null) {
            first = place;
        } else {
            last.next = place;
        }
        last = place;
        return true;
    }

    /** Called once, when the flight that has this place is answered. */
    synchronized void remove(Place place) {
        if (place.previous == null) {
            first = place.next;
        } else {
            place.previous.next = place.next;
        }
        if (place.next == null) {
            last = place.previous;
        } else {
            place.next.previous = place.previous;
        }
        // So that an old one does not keep those that came after it.
        place.previous = null;
        place.next = null;
    }

    /** Those that were sent at this time or before. They stay listed until they are answered. */
    synchronized List<Leg.Flight> sentUntil(long nanos) {
        List<Leg.Flight> overdue = new ArrayList<>();
        for (Place place = first; place != null && place.sentNanos - nanos <= 0; place = place.next) {
            overdue.add(place.flight);
        }
        return overdue;
    }

    /** Takes no more, and hands over all: to be given up. */
    synchronized List<Leg.Flight> close() {
        closed = true;
        List<Leg.Flight> all = new ArrayList<>();
        for (Place place = first; place != null; place = place.next) {
            all.add(place.flight);
        }
        return all;
    }

    /** How many there are for a leg. */
    synchronized long count(Leg leg) {
        long count = 0;
        for (Place place = first; place != null; place = place.next) {
            count += place.flight.leg() == leg ? 1 : 0;
        }
        return count;
    }
}
