package io.araldo.testing;

import static org.awaitility.Awaitility.await;

import io.araldo.Relay;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that fails a test whose relays have lost count of a message: after each test, its own clean-up
 * included, the ledger of every relay that was started must be conserved. It waits for that, up to 5 seconds (the
 * parameter {@code araldo.ledger.patience}, such as {@code PT1S}), since something may still move. A relay that runs on,
 * since several tests share it, is checked after each.
 *
 * <p>No test names it: JUnit finds it in the tests jar, where {@code junit.jupiter.extensions.autodetection.enabled} is
 * set, as it is in all modules of Araldo. It finds relays by what they log, so Logback has to be there.
 */
public final class LedgerExtension implements AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StartedRelays started = StartedRelays.watch();

    /** JUnit calls it, once for a run of tests. */
    public LedgerExtension() {}

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        Duration patience = context.getConfigurationParameter("araldo.ledger.patience", Duration::parse)
                .orElse(PATIENCE);
        for (Relay relay : started.take()) {
            check(relay, patience);
            if (!relay.awaitTermination(Duration.ZERO)) {
                started.putBack(relay);
            }
        }
    }

    private static void check(Relay relay, Duration patience) {
        try {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(patience)
                    .untilAsserted(() -> relay.ledger().assertConserved());
        } catch (ConditionTimeoutException e) {
            lookOnceMore(relay);
        }
    }

    /** It may not have been looked at in time, and says itself what is wrong. */
    private static void lookOnceMore(Relay relay) {
        try {
            relay.ledger().assertConserved();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "the ledger of relay '" + relay.name() + "' is not conserved:\n" + e.getMessage(), e);
        }
    }
}
