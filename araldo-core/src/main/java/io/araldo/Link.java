package io.araldo;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The live side of an {@link Endpoint}. A link lives once: open from the moment {@link Endpoint#open} completes until it
 * is closed or reports {@link Inbox#lost}; after either it is dead, and it never reconnects by itself (the relay opens
 * another). All methods may be called from any thread, at the same time; none blocks.
 */
public interface Link {
    /**
     * Sends a message, whose payload is already as the endpoint's marshaller wrote it. Never blocks and never throws:
     * whatever becomes of the message is told to the acknowledgement, exactly once, at once where it is known at once.
     * Messages of one calling thread keep their order. A link bounds what it holds; beyond that it answers
     * {@link Outcome.Kind#DROPPED}. A closed or lost link answers {@link DropReason#NOT_WRITABLE}.
     *
     * <p>A message may wait for {@link #flush}, which always follows.
     *
     * @param message what to send; its address, if any, names the one session it is for
     * @param acknowledgement called when the endpoint can tell what became of it
     */
    void send(Message message, Acknowledgement acknowledgement);

    /** Follows a batch of sends: what was gathered should go out now. A hint, cheap when there is nothing to do. */
    void flush();

    /** Where the link listens, or what it is connected to; without user names, passwords and queries. */
    URI address();

    /** How well it works: up as soon as it is open, see {@link Strain} for what degrades it, down once it has ended. */
    Health health();

    /**
     * What became of the messages for the sessions of this link since it was opened: of those that are there and of those
     * that have ended, all together. For the {@link Ledger}; asked when somebody reads that, also after the end of the
     * link, and once more when {@link #close} is complete. So count where it costs nothing. Default: it is of a kind that
     * has no sessions.
     */
    default Optional<Ledger.SessionCount> sessionCount() {
        return Optional.empty();
    }

    /**
     * Whether this link can do what routes that were added meanwhile need of it. It was opened for what they needed then
     * ({@link LinkContext#receives}, {@link LinkContext#sends}); if it did less than everything, it says {@code false}
     * here where that is not enough, and the relay opens another one in its place. Default: {@code true}.
     */
    default boolean serves(boolean receiving, boolean sending) {
        return true;
    }

    /**
     * Ends the link: takes in nothing more, tells its peers where the protocol can, releases everything, and answers
     * what is unanswered. The stage completes when all of that is done; it does not fail. Closing again returns a stage
     * for the same end. A link that was lost has nothing left to close.
     */
    CompletionStage<Void> close();
}
