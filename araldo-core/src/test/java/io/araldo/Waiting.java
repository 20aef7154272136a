package io.araldo;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what other threads do: a condition with a deadline. */
final class Waiting {
    private static final int PATIENCE_SECONDS = 10;

    private Waiting() {}

    static void until(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(condition);
    }

    static void untilAsserted(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(assertion);
    }

    /** Until a thread waits for something without a time limit. */
    static void untilWaiting(Thread thread) {
        until(() -> thread.getState() == Thread.State.WAITING);
    }

    static void untilEnded(Thread thread) {
        until(() -> !thread.isAlive());
    }

    /** What a stage is completed with. */
    static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
