package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.araldo.Endpoint;
import io.araldo.Health;
import io.araldo.Inbox;
import io.araldo.Link;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Where one rule is tried: opens links, waits with a deadline, and clears away at the end. */
final class Bench implements AutoCloseable {
    static final String RELAY = "contract";
    private static final Duration POLL = Duration.ofMillis(5);

    private final Outside outside;
    private final List<Opened> opened = new CopyOnWriteArrayList<>();

    Bench(Outside outside) {
        this.outside = outside;
    }

    Outside outside() {
        return outside;
    }

    /** A link of a new endpoint, in use. */
    Opened open() {
        return open(outside.endpoint());
    }

    Opened open(Endpoint endpoint) {
        return open(endpoint, RELAY);
    }

    Opened open(Endpoint endpoint, String relay) {
        return open(endpoint, relay, new RecordingInbox());
    }

    Opened open(Endpoint endpoint, String relay, Inbox inbox) {
        Opened open = openUntouched(endpoint, relay, inbox);
        assertThat(open.link.health().status()).as("health of an open link").isEqualTo(Health.Status.UP);
        return open;
    }

    /** A link of which nothing was asked yet. */
    Opened openUntouched(Endpoint endpoint, String relay, Inbox inbox) {
        TestLinkContext context = TestLinkContext.bothWays(relay, endpoint.name());
        try {
            Link link = result(endpoint.open(inbox, context));
            Opened open = new Opened(this, endpoint, inbox, context, link);
            opened.add(open);
            outside.meet(link);
            return open;
        } catch (RuntimeException | Error e) {
            context.close();
            throw e;
        }
    }

    /** Why this cannot be opened; leaves the context as the attempt has left it, but closed. */
    Throwable failure(Endpoint endpoint, Inbox inbox, TestLinkContext context) {
        Throwable thrown = catchThrowable(() -> result(endpoint.open(inbox, context)));
        context.close();
        assertThat(thrown).as("what opening ends with").isNotNull();
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** What a stage is completed with, in time. */
    <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(outside.patience().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Waits until it holds. */
    void until(ThrowingRunnable assertion) {
        waiting().atMost(outside.patience()).untilAsserted(assertion);
    }

    /** Fails if it ceases to hold within the time for such things. */
    void remains(ThrowingRunnable assertion) {
        remains(outside.quiet(), assertion);
    }

    void remains(Duration quiet, ThrowingRunnable assertion) {
        long end = System.nanoTime() + quiet.toNanos();
        waiting().atMost(quiet.plus(outside.patience())).until(() -> {
            assertNow(assertion);
            return System.nanoTime() - end >= 0;
        });
    }

    /** What fails ends the wait at once. */
    private static void assertNow(ThrowingRunnable assertion) throws Exception {
        try {
            assertion.run();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static ConditionFactory waiting() {
        return await().pollDelay(Duration.ZERO).pollInterval(POLL);
    }

    /** Runs it on a thread of its own; fails if it throws, or does not end in time. */
    void inTime(String what, Runnable task) {
        ends(what, start(what, task));
    }

    /** Waits for what was started. */
    void ends(String what, CompletableFuture<Void> running) {
        CompletableFuture<Void> ended =
                running.copy().orTimeout(outside.patience().toMillis(), TimeUnit.MILLISECONDS);
        assertThat(catchThrowable(ended::join)).as("how ended: " + what).isNull();
    }

    /** Runs it on a thread of its own, a daemon. */
    CompletableFuture<Void> start(String what, Runnable task) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture.runAsync(task, command -> daemon(what, command)).whenComplete((nothing, error) -> {
            if (error == null) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(error);
            }
        });
        return ended;
    }

    private static void daemon(String what, Runnable command) {
        Thread thread = new Thread(command, "contract: " + what);
        thread.setDaemon(true);
        thread.start();
    }

    /** All of them have one answer, and one alone. */
    void awaitOneEach(List<Answer> answers) {
        until(() -> assertThat(answers).as("answered").allMatch(Answer::isThere));
        remains(() -> assertOneEach(answers));
    }

    static void assertOneEach(List<Answer> answers) {
        assertThat(answers)
                .as("answered once")
                .allMatch(answer -> answer.outcomes().size() == 1);
    }

    Footprint footprint() {
        return Footprint.of(outside.threads());
    }

    /** Waits until nothing is there that was not there before so many repetitions. */
    void untilNothingIsLeft(Footprint before, int repetitions) {
        until(() -> before.assertNothingMoreAfter(repetitions, outside.threads()));
    }

    @Override
    public void close() {
        outside.mend();
        opened.forEach(Opened::abandon);
        outside.close();
    }
}
