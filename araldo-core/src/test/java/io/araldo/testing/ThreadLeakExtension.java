package io.araldo.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that fails a test, or a class of tests, which leaves threads behind: those that were not there
 * before and whose names begin with {@code araldo-}, or with what {@link #watching} adds. It waits for them to end, up
 * to 5 seconds; then it fails, with their names and stack traces.
 *
 * <p>{@code @ExtendWith(ThreadLeakExtension.class)} checks after each test. For another choice register a static field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterAllTests().watching("grizzly");
 * }</pre>
 *
 * <p>Tests that run at the same time see each other's threads: not for them. A value.
 */
public final class ThreadLeakExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ThreadLeakExtension.class);

    private enum Scope {
        TEST,
        CLASS
    }

    private final Scope scope;
    private final List<String> prefixes;
    private final Duration patience;

    /** As {@link #afterEachTest}; JUnit calls it. */
    public ThreadLeakExtension() {
        this(Scope.TEST, List.of("araldo-"), PATIENCE);
    }

    private ThreadLeakExtension(Scope scope, List<String> prefixes, Duration patience) {
        this.scope = scope;
        this.prefixes = prefixes;
        this.patience = patience;
    }

    /** Checks after each test, when its own clean-up is done. */
    public static ThreadLeakExtension afterEachTest() {
        return new ThreadLeakExtension();
    }

    /** Checks after the last test of the class: for classes whose tests share what they test. */
    public static ThreadLeakExtension afterAllTests() {
        return new ThreadLeakExtension(Scope.CLASS, List.of("araldo-"), PATIENCE);
    }

    /** A copy that also watches threads whose names begin with one of these. */
    public ThreadLeakExtension watching(String... prefixes) {
        List<String> all =
                Stream.concat(this.prefixes.stream(), Arrays.stream(prefixes)).toList();
        return new ThreadLeakExtension(scope, all, patience);
    }

    /** A copy that waits so long for threads to end. */
    public ThreadLeakExtension patience(Duration patience) {
        return new ThreadLeakExtension(scope, prefixes, patience);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        remember(Scope.CLASS, context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        remember(Scope.TEST, context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check(Scope.TEST, context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check(Scope.CLASS, context);
    }

    private void remember(Scope moment, ExtensionContext context) {
        if (moment == scope) {
            context.getStore(NAMESPACE).put(this, new Before(watched()));
        }
    }

    private void check(Scope moment, ExtensionContext context) {
        if (moment == scope) {
            Before before = context.getStore(NAMESPACE).remove(this, Before.class);
            failIfAnyIsLeft(before.threads(), context.getDisplayName());
        }
    }

    private void failIfAnyIsLeft(Set<Thread> before, String test) {
        long deadline = System.nanoTime() + patience.toNanos();
        Set<Thread> left = watched();
        left.removeAll(before);
        left.forEach(thread -> join(thread, deadline));
        left.removeIf(thread -> !thread.isAlive());
        if (!left.isEmpty()) {
            throw new AssertionError(left.size() + " thread(s) left by " + test + ":\n"
                    + left.stream().map(ThreadLeakExtension::describe).collect(Collectors.joining("\n")));
        }
    }

    private Set<Thread> watched() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> prefixes.stream().anyMatch(thread.getName()::startsWith))
                .collect(Collectors.toSet());
    }

    private static void join(Thread thread, long deadline) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(Thread thread) {
        return "\"" + thread.getName() + "\" " + thread.getState()
                + Arrays.stream(thread.getStackTrace())
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }

    /** The watched threads that were there before. */
    private record Before(Set<Thread> threads) {}
}
