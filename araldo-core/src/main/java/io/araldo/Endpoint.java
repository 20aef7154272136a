package io.araldo;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The description of a place that messages come from and go to: a name, how messages look on its wire, and how to open
 * it. Immutable and reusable; it holds nothing that must be closed. What is open is a {@link Link}.
 *
 * <p>The routes of a relay name endpoints by the object: the same object in two routes shares one link; two endpoints
 * of one name in one relay are a mistake that the plan reports.
 */
public interface Endpoint {
    /** Unique in a relay: letters, digits, {@code . _ -}, at most 64 characters. Stands in logs, events, drawings. */
    String name();

    /** How messages look on this endpoint's wire. The relay calls it; links never do. */
    Marshaller marshaller();

    /**
     * Whether a source of this kind can be held back: whether its link heeds what {@link Inbox#received} returns. A
     * route with {@link Overflow#BLOCK} needs a source that can wait.
     */
    boolean canWait();

    /**
     * The resources outside the process that it writes to and that echo: what is written there comes back to everybody
     * who reads there, as with a channel or a stream, and unlike with a browser. URIs without secrets, such as
     * {@code redis://localhost:6379/chat}, spelled alike by all endpoints of a kind. By them a plan finds routes that
     * feed themselves, and a relay keeps a message from where it has been. Constant. Default: none.
     */
    default Set<String> writes() {
        return Set.of();
    }

    /**
     * Whether what anybody writes to a resource (see {@link #writes}) is received here. The link of such an endpoint
     * stamps the resource on what it receives ({@link Message#withTrail}). Default: no.
     */
    default boolean reads(String resource) {
        return false;
    }

    /**
     * Opens the endpoint once. Called on a thread of the relay's own, so it may block; the relay gives up on it
     * (interrupts that thread, and closes what comes late) after its time limit for opening, and when no route needs the
     * endpoint any longer.
     *
     * <p>When the stage completes, the endpoint is ready: a server listens, a subscription is confirmed. If it cannot
     * be opened, the stage fails (or this method throws) with an {@link EndpointException} whose message says what was
     * tried, what went wrong and what to do; nothing stays open then.
     *
     * @param inbox where the link hands what it receives, and that it was lost; never called before the stage is
     *     about to complete
     * @param context what links of one relay share
     */
    CompletionStage<? extends Link> open(Inbox inbox, LinkContext context);
}
