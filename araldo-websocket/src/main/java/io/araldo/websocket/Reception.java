package io.araldo.websocket;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.jspecify.annotations.Nullable;

/**
 * Where handshakes wait, on a port of our own, while an authenticator is asked about them: it is asked by threads of its
 * own, and by none for longer than the time-out. How many may wait is bounded by the queue of these threads.
 */
final class Reception {
    private static final Attribute<Verdict> VERDICT =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(Reception.class.getName() + ".verdict");

    private final @Nullable Identification identification;
    private final ThreadPoolExecutor askers;
    private final ScheduledExecutorService timer;
    private final Duration timeout;

    Reception(ServerOptions options, ThreadPoolExecutor askers, ScheduledExecutorService timer) {
        Authenticator authenticator = options.authenticator();
        this.identification = authenticator == null ? null : new Identification(authenticator);
        this.askers = askers;
        this.timer = timer;
        this.timeout = options.authenticationTimeout();
    }

    /** What is known of a handshake; {@code null} if somebody is to be asked about it first. */
    @Nullable
    Verdict verdictOn(FilterChainContext ctx) {
        return identification == null ? Verdict.ANYBODY : VERDICT.get(ctx);
    }

    /**
     * Finds out about a handshake. Meanwhile its connection is not read; then, on the connection's own thread, the filter
     * is called again, and the verdict is there.
     *
     * @param known called when it is found out, before that; any thread
     */
    NextAction suspend(FilterChainContext ctx, ClientHandshake handshake, Runnable known) {
        NextAction suspended = ctx.getSuspendAction();
        Connection<?> connection = ctx.getConnection();
        ctx.suspend();
        ask(handshake).thenAccept(verdict -> {
            known.run();
            connection.executeInEventThread(IOEvent.READ, () -> {
                if (connection.isOpen()) {
                    VERDICT.set(ctx, verdict);
                    ctx.resume();
                }
            });
        });
        return suspended;
    }

    private CompletableFuture<Verdict> ask(ClientHandshake handshake) {
        Identification asked = identification;
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        if (asked == null) {
            verdict.complete(Verdict.ANYBODY);
            return verdict;
        }
        FutureTask<Void> task = new FutureTask<>(() -> asked.ask(handshake, verdict), null);
        try {
            askers.execute(task);
        } catch (RejectedExecutionException e) {
            verdict.complete(Verdict.refused(503, "too many clients wait to be let in (expected: come again later)"));
            return verdict;
        }
        Future<?> deadline = timer.schedule(() -> tooLate(verdict, task), timeout.toNanos(), TimeUnit.NANOSECONDS);
        verdict.thenAccept(known -> deadline.cancel(false));
        return verdict;
    }

    /** Called by the timer's thread. */
    private void tooLate(CompletableFuture<Verdict> verdict, FutureTask<Void> task) {
        verdict.complete(Verdict.refused(
                503,
                "who you are was not found out within " + timeout.toMillis() + " ms (expected: come again later)"));
        task.cancel(true);
        askers.remove(task);
    }
}
