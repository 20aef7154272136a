package io.araldo.testing;

import static io.araldo.testing.Mistake.*;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.EndpointException;
import io.araldo.Health;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Message;
import io.araldo.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The live side of a {@link PlantedEndpoint}: takes messages at once, and holds them, within bounds, while its place is
 * stalled.
 */
final class PlantedLink implements Link {
    private static final int MAX_HELD = 1_000;
    private static final int MAX_HELD_BYTES = 4 << 20;

    private final PlantedEndpoint endpoint;
    private final PlantedPlace place;
    private final Inbox inbox;
    private final LinkContext context;
    private final LinkContext.Lease<Object> lease;
    private final Future<?> timer;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private enum State {
        OPEN,
        CLOSED,
        LOST
    }

    /** Guarded by this, like all below. */
    private State state = State.OPEN;

    private final List<Held> held = new ArrayList<>();
    private int heldBytes;
    private @Nullable Held late;
    private @Nullable String lateIn;
    private @Nullable Thread first;
    private int sent;
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);

    private record Held(Message message, Acknowledgement acknowledgement) {}

    PlantedLink(PlantedEndpoint endpoint, Inbox inbox, LinkContext context) {
        this.endpoint = endpoint;
        this.place = endpoint.place;
        this.inbox = inbox;
        this.context = context;
        this.lease = context.shared(PlantedEndpoint.class, Object::new, resource -> {});
        this.timer = context.timer().scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.HOURS);
        if (!endpoint.makes(CONNECTS_AT_FIRST_USE)) {
            place.connect(this);
        }
    }

    private boolean makes(Mistake mistake) {
        return endpoint.makes(mistake);
    }

    // ---- receiving

    /** Called by one thread at a time, which waits where it must. */
    void arrives(String text) {
        if (makes(SWAPS_WHAT_COMES_IN) && text.endsWith("7") && lateIn == null) {
            lateIn = text;
            return;
        }
        hand(text);
        if (lateIn != null) {
            String before = lateIn;
            lateIn = null;
            hand(before);
        }
    }

    private void hand(String text) {
        if (!makes(READS_ON)) {
            room.join();
        }
        Message message = Message.text(text);
        message = makes(FORGETS_THE_ORIGIN) ? message : message.withOrigin(context.origin(null, null));
        message = makes(FORGETS_THE_TRAIL) ? message : message.withTrail(1, List.of(PlantedEndpoint.RESOURCE));
        room = inbox.received(message, Acknowledgement.ignored());
    }

    // ---- sending

    @Override
    public synchronized void send(Message message, Acknowledgement acknowledgement) {
        if (state != State.OPEN && !afterEnd(SENDS_WHEN_CLOSED, SENDS_WHEN_LOST)) {
            if (!afterEnd(IS_SILENT_WHEN_CLOSED, IS_SILENT_WHEN_LOST)) {
                acknowledgement.acknowledge(Outcome.dropped(DropReason.NOT_WRITABLE));
            }
        } else if (place.isStalled()) {
            hold(message, acknowledgement);
        } else if (makes(SWAPS_WHAT_GOES_OUT) && late == null) {
            late = new Held(message, acknowledgement);
        } else {
            write(message, acknowledgement);
            releaseLate();
        }
    }

    /** Not while the place is stalled: what is sent then is a matter of other rules. */
    private boolean afterEnd(Mistake whenClosed, Mistake whenLost) {
        return !place.isStalled()
                && ((makes(whenClosed) && state == State.CLOSED) || (makes(whenLost) && state == State.LOST));
    }

    private void hold(Message message, Acknowledgement acknowledgement) {
        int size = message.payload().size();
        if (heldBytes + size > MAX_HELD_BYTES && makes(BLOCKS_IN_SEND)) {
            place.awaitClosed();
        } else if (heldBytes + size > MAX_HELD_BYTES && makes(THROWS_IN_SEND)) {
            throw new IllegalStateException("full");
        }
        if ((held.size() < MAX_HELD && heldBytes + size <= MAX_HELD_BYTES) || makes(HOLDS_WITHOUT_BOUND)) {
            held.add(new Held(message, acknowledgement));
            heldBytes += size;
        } else {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.OVERFLOW));
        }
    }

    private void write(Message message, Acknowledgement acknowledgement) {
        sent++;
        if (!makes(DELIVERS_NOT_ALL) || sent != 2) {
            place.hear(message.payload().isText() ? message.payload().text() : "binary");
        }
        first = first == null ? Thread.currentThread() : first;
        if ((makes(NEVER_ANSWERS_WHAT_IS_EMPTY) && message.payload().size() == 0)
                || (makes(ANSWERS_THE_FIRST_THREAD_ONLY) && first != Thread.currentThread())) {
            return;
        }
        acknowledgement.acknowledge(makes(ANSWERS_FILTERED) ? Outcome.filtered() : Outcome.delivered());
        if (makes(ANSWERS_TWICE)) {
            acknowledgement.acknowledge(Outcome.delivered());
        }
    }

    private void releaseLate() {
        Held before = late;
        late = null;
        if (before != null) {
            write(before.message, before.acknowledgement);
        }
    }

    @Override
    public synchronized void flush() {
        if (afterEnd(THROWS_IN_FLUSH_AT_THE_END, THROWS_IN_FLUSH_AT_THE_END)) {
            throw new IllegalStateException("closed");
        }
        releaseLate();
    }

    // ---- the end

    void cutOff() {
        EndpointException cause = new EndpointException("planted endpoint 'planted': here:1 is lost");
        if (end(State.LOST)) {
            inbox.lost(cause);
            if (makes(IS_LOST_TWICE)) {
                inbox.lost(cause);
            }
        }
    }

    void mended() {
        if (makes(RECONNECTS)) {
            place.connect(this);
        }
    }

    @Override
    public CompletionStage<Void> close() {
        if (end(State.CLOSED)) {
            if (makes(IS_LOST_WHEN_CLOSED)) {
                inbox.lost(new EndpointException("planted endpoint 'planted': here:1 is lost"));
            }
            closed.complete(null);
        } else if (makes(SECOND_CLOSE_FAILS)) {
            return CompletableFuture.failedFuture(new IllegalStateException("closed already"));
        } else if (makes(SECOND_CLOSE_NEVER_ENDS)) {
            return new CompletableFuture<>();
        }
        return closed.copy();
    }

    /** Whether this call ended it. */
    private synchronized boolean end(State how) {
        if (state != State.OPEN) {
            return false;
        }
        state = how;
        if (!makes(how == State.CLOSED ? HANDS_OVER_WHEN_CLOSED : HANDS_OVER_WHEN_LOST)) {
            place.links.remove(this);
        }
        release(how);
        if (!makes(how == State.CLOSED ? FORGETS_WHAT_IS_UNANSWERED_AT_CLOSE : FORGETS_WHAT_IS_UNANSWERED_AT_LOSS)) {
            held.forEach(each -> each.acknowledgement.acknowledge(Outcome.unknown()));
        }
        if (makes(ANSWERS_TWICE_AT_CLOSE) && how == State.CLOSED) {
            held.forEach(each -> each.acknowledgement.acknowledge(Outcome.unknown()));
        }
        closed.complete(null);
        return true;
    }

    private void release(State how) {
        endpoint.closed();
        if (!makes(how == State.CLOSED ? LEAKS_A_LEASE : LEAKS_A_LEASE_WHEN_LOST)) {
            lease.close();
        }
        if (!makes(LEAKS_A_TIMER) || how == State.LOST) {
            timer.cancel(false);
        }
        if (makes(LEAKS_A_THREAD) && how == State.CLOSED) {
            place.leakThread();
        }
        if (makes(LEAKS_A_FILE) && how == State.CLOSED) {
            place.leakFile();
        }
    }

    // ---- what it shows

    @Override
    public synchronized URI address() {
        if (makes(FORGETS_ITS_ADDRESS) && state != State.OPEN) {
            throw new IllegalStateException("no address");
        }
        return URI.create("planted://here:1");
    }

    @Override
    public synchronized Health health() {
        if (makes(CONNECTS_AT_FIRST_USE) && state == State.OPEN && !place.links.contains(this)) {
            place.connect(this);
        }
        return state == State.OPEN || makes(STAYS_UP_WHEN_CLOSED)
                ? Health.up(context.clock().instant())
                : Health.down(context.clock().instant(), "ended");
    }
}
