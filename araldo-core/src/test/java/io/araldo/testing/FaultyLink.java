package io.araldo.testing;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.EndpointException;
import io.araldo.Health;
import io.araldo.Inbox;
import io.araldo.Ledger;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Message;
import io.araldo.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The live side of a {@link FaultyEndpoint}. */
final class FaultyLink implements Link {
    private final String name;
    private final Inbox inbox;
    private final LinkContext context;
    private final List<EndpointFault> faults;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** What was not passed on, or not yet; whoever removes one sends or answers it. */
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    /** Guarded by this. */
    private final SplittableRandom random;

    /** Guarded by this. */
    private int sent;

    /** Set before anybody has the link. */
    private volatile @Nullable Link wrapped;

    private volatile @Nullable Health lost;

    /** An identity; not a record. */
    private static final class Held {
        final Acknowledgement acknowledgement;

        Held(Acknowledgement acknowledgement) {
            this.acknowledgement = acknowledgement;
        }
    }

    FaultyLink(String name, Inbox inbox, LinkContext context, long seed, List<EndpointFault> faults) {
        this.name = name;
        this.inbox = inbox;
        this.context = context;
        this.faults = faults;
        this.random = new SplittableRandom(seed);
    }

    /** What the wrapped link hands over to. */
    Inbox inbox() {
        return new Inbox() {
            @Override
            public CompletableFuture<Void> received(Message message, Acknowledgement acknowledgement) {
                if (ended.get()) {
                    acknowledgement.acknowledge(Outcome.dropped(DropReason.CLOSED));
                    return CompletableFuture.completedFuture(null);
                }
                return inbox.received(message, acknowledgement);
            }

            @Override
            public void lost(EndpointException cause) {
                end(cause);
            }
        };
    }

    FaultyLink over(Link link) {
        wrapped = link;
        return this;
    }

    private Link wrapped() {
        Link link = wrapped;
        if (link == null) {
            throw new IllegalStateException("no link (expected: over() before any use)");
        }
        return link;
    }

    @Override
    public void send(Message message, Acknowledgement acknowledgement) {
        if (ended.get()) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NOT_WRITABLE));
            return;
        }
        EndpointFault fault;
        long delayNanos;
        boolean isLast;
        synchronized (this) {
            sent++;
            fault = hit();
            delayNanos = fault == null || fault.delay().isZero()
                    ? 0
                    : random.nextLong(fault.delay().toNanos());
            isLast = faults.stream().anyMatch(each -> each.kind() == EndpointFault.Kind.LOSE && each.count() == sent);
        }
        pass(message, acknowledgement, fault, delayNanos);
        if (isLast) {
            lose();
        }
    }

    /** Guarded by this. Every fault draws for every message, so that one fault more does not move the others. */
    private @Nullable EndpointFault hit() {
        EndpointFault first = null;
        for (EndpointFault fault : faults) {
            boolean hits = random.nextDouble() < fault.probability();
            boolean isOfMessages = switch (fault.kind()) {
                case STALL, FAIL, DUPLICATE, DELAY -> true;
                case REFUSE, LOSE, THROW_ON_CLOSE -> false;
            };
            first = first == null && hits && isOfMessages ? fault : first;
        }
        return first;
    }

    private void pass(
            Message message, Acknowledgement acknowledgement, @Nullable EndpointFault fault, long delayNanos) {
        if (fault == null) {
            wrapped().send(message, acknowledgement);
            return;
        }
        switch (fault.kind()) {
            case FAIL -> acknowledgement.acknowledge(Outcome.failed(problem("a message fails as it was told to")));
            case DUPLICATE -> {
                wrapped().send(message, acknowledgement);
                wrapped().send(message, Acknowledgement.ignored());
            }
            case DELAY -> {
                Held late = hold(acknowledgement);
                context.timer().schedule(() -> passLate(message, late), delayNanos, TimeUnit.NANOSECONDS);
            }
            default -> hold(acknowledgement);
        }
    }

    private Held hold(Acknowledgement acknowledgement) {
        Held message = new Held(acknowledgement);
        held.add(message);
        if (ended.get()) {
            giveUp(message);
        }
        return message;
    }

    private void giveUp(Held message) {
        if (held.remove(message)) {
            message.acknowledgement.acknowledge(Outcome.unknown());
        }
    }

    private void passLate(Message message, Held late) {
        if (held.remove(late)) {
            wrapped().send(message, late.acknowledgement);
            wrapped().flush();
        }
    }

    private EndpointException problem(String what) {
        return new EndpointException("endpoint '" + name + "': " + what);
    }

    private void lose() {
        EndpointException cause = problem(address() + " is lost as it was told to");
        wrapped().close().whenComplete((nothing, error) -> end(cause));
    }

    /** Answers what is held, then reports the loss; unless it has ended before. */
    private void end(EndpointException cause) {
        if (ended.compareAndSet(false, true)) {
            lost = Health.down(context.clock().instant(), String.valueOf(cause.getMessage()));
            held.forEach(this::giveUp);
            inbox.lost(cause);
        }
    }

    @Override
    public void flush() {
        wrapped().flush();
    }

    @Override
    public URI address() {
        return wrapped().address();
    }

    @Override
    public Health health() {
        Health down = lost;
        return down == null ? wrapped().health() : down;
    }

    @Override
    public Optional<Ledger.SessionCount> sessionCount() {
        return wrapped().sessionCount();
    }

    @Override
    public CompletionStage<Void> close() {
        ended.set(true);
        CompletionStage<Void> closed = wrapped().close();
        held.forEach(this::giveUp);
        if (faults.stream().anyMatch(fault -> fault.kind() == EndpointFault.Kind.THROW_ON_CLOSE)) {
            throw new IllegalStateException("closing '" + name + "' throws as it was told to");
        }
        return closed;
    }
}
