package io.araldo;

import java.util.concurrent.CompletableFuture;

/**
 * Where a {@link Link} hands what it receives. Implemented by the relay; one inbox belongs to one link. Its methods may
 * be called from any thread and return at once: they run no user code that could block a transport's thread.
 */
public interface Inbox {
    /**
     * Takes a message in. The link hands over the payload as it came over the wire and stamps the origin
     * ({@link LinkContext#origin}); the relay decodes. Messages of one session must be handed over one after the other,
     * in order.
     *
     * @param message as received
     * @param acknowledgement called once, when every route of this source has settled the message
     * @return complete when the source may go on; shared, so do not complete it, nor let it time out. A link whose
     *     endpoint {@linkplain Endpoint#canWait can wait} must not read on (that session's part of it) while it is
     *     incomplete; it is completed from any thread. A link that cannot wait gets it complete always
     */
    CompletableFuture<Void> received(Message message, Acknowledgement acknowledgement);

    /**
     * Hands over what came together, such as the messages of one read from a socket. Optional: what they cause is written
     * together at the end, where it would be written for each of them otherwise.
     *
     * @param read calls {@link #received}, on the calling thread and before it returns
     */
    default void batch(Runnable read) {
        read.run();
    }

    /**
     * Reports that the transport is gone and the link is dead. Called at most once, and not for a link that was closed
     * by {@link Link#close}. The link has released everything by then, or does so soon without being asked.
     *
     * @param cause what happened, in one line that names the address
     */
    void lost(EndpointException cause);
}
