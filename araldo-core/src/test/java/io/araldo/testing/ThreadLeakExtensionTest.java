package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class ThreadLeakExtensionTest {
    /** Ends the threads that the classes below leave. */
    private static CountDownLatch end;

    @AfterEach
    void endThreads() {
        end.countDown();
    }

    private static Thread leave(String name) {
        CountDownLatch latch = end;
        Thread thread = new Thread(() -> waitFor(latch), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Events run(Class<?> tests) {
        end = new CountDownLatch(1);
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .allEvents();
    }

    private static String failure(Events events) {
        return events.finished().stream()
                .map(Event::getPayload)
                .map(payload -> ((TestExecutionResult) payload.orElseThrow()).getThrowable())
                .flatMap(Optional::stream)
                .map(Throwable::getMessage)
                .reduce("", String::concat);
    }

    static class LeavesOne {
        @RegisterExtension
        static final ThreadLeakExtension LEAKS =
                ThreadLeakExtension.afterEachTest().patience(Duration.ofMillis(50));

        @Test
        void leaves() {
            leave("araldo-left-1");
        }
    }

    @Test
    void testThatLeavesAThreadFailsWithItsNameAndStack() {
        assertThat(failure(run(LeavesOne.class)))
                .startsWith("1 thread(s) left by leaves():\n\"araldo-left-1\" ")
                .contains("\n    at ", ThreadLeakExtensionTest.class.getName() + ".waitFor(");
    }

    @ExtendWith(ThreadLeakExtension.class)
    static class CleansUp {
        @Test
        void cleansUp() {
            leave("araldo-cleaned-up");
        }

        @AfterEach
        void cleanUp() {
            end.countDown();
        }
    }

    @Test
    void threadThatEndsSoonAfterTheTestIsWaitedFor() {
        assertThat(failure(run(CleansUp.class))).isEmpty();
    }

    static class LeavesOthers {
        @RegisterExtension
        static final ThreadLeakExtension LEAKS =
                ThreadLeakExtension.afterEachTest().watching("grizzly").patience(Duration.ofMillis(50));

        @Test
        void leaves() {
            leave("unwatched");
            leave("grizzly-selector");
        }
    }

    @Test
    void onlyWatchedNamesCount() {
        assertThat(failure(run(LeavesOthers.class)))
                .contains("\"grizzly-selector\"")
                .doesNotContain("unwatched");
    }

    @Test
    void threadsThatWereThereBeforeDoNotCount() {
        end = new CountDownLatch(1);
        CountDownLatch before = end;
        leave("araldo-before");
        assertThat(failure(run(CleansUp.class))).isEmpty();
        before.countDown();
    }

    static class SharesOne {
        @RegisterExtension
        static final ThreadLeakExtension LEAKS =
                ThreadLeakExtension.afterAllTests().patience(Duration.ofMillis(50));

        static Thread shared;

        @Test
        void starts() {
            shared = shared != null ? shared : leave("araldo-shared");
        }

        @Test
        void startsToo() {
            starts();
        }
    }

    static class SharesOneAndEndsIt extends SharesOne {
        @AfterAll
        static void cleanUp() {
            end.countDown();
            shared = null;
        }
    }

    @Test
    void classMayShareAThreadThatItsLastCleanUpEnds() {
        SharesOne.shared = null;
        assertThat(failure(run(SharesOneAndEndsIt.class))).isEmpty();
        assertThat(failure(run(SharesOne.class)))
                .contains("1 thread(s) left by")
                .contains("\"araldo-shared\"");
    }
}
