package io.araldo.websocket;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link Authenticator}, which is anybody's code, with an answer to whatever it does. It says in the log when it fails:
 * the first time at once, then once a second at most. Any thread; blocks as long as the authenticator does.
 */
final class Identification {
    private static final Logger log = LoggerFactory.getLogger(Identification.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Authenticator authenticator;
    private final LongAdder untold = new LongAdder();

    /** When it was last told of failures; {@link System#nanoTime}. */
    private final AtomicLong told = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    Identification(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    Verdict ask(ClientHandshake handshake) {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        ask(handshake, verdict);
        return verdict.join();
    }

    /** Completes the verdict, unless there is one by then: what fails only since nobody waits any longer is no failure. */
    @SuppressWarnings("CatchThrowable") // a client whose handshake fails otherwise would wait for nothing
    void ask(ClientHandshake handshake, CompletableFuture<Verdict> verdict) {
        try {
            Optional<Identity> identity = authenticator.authenticate(handshake);
            verdict.complete(identity.map(Verdict::of)
                    .orElseGet(() -> Verdict.refused(401, "who are you? (expected: a client that is known)")));
        } catch (Throwable e) {
            if (verdict.complete(Verdict.refused(500, "who you are could not be found out"))) {
                failed(e);
            }
        }
    }

    /** Where it failed, but no message and no path: they may quote what the client sent, its password say. */
    @SuppressWarnings("CatchThrowable") // appenders are anybody's, too
    private void failed(Throwable error) {
        untold.increment();
        long now = System.nanoTime();
        long last = told.get();
        if (now - last < PAUSE_NANOS || !told.compareAndSet(last, now)) {
            return;
        }
        try {
            StackTraceElement[] trace = error.getStackTrace();
            log.warn(
                    "The authenticator failed {} time(s), and as many clients were refused with 500; the last by {} at {}",
                    untold.sumThenReset(),
                    error.getClass().getName(),
                    trace.length == 0 ? "an unknown place" : trace[0]);
        } catch (Throwable e) {
            // The clients are answered all the same.
        }
    }
}
