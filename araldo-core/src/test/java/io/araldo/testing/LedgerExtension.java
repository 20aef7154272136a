package io.araldo.testing;

import static org.awaitility.Awaitility.await;

import io.araldo.Relay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that fails a test whose relays have lost count of a message: after each test, the ledger of every
 * relay that it watches must be conserved. It waits for that, up to 5 seconds, since something may still move. The relay
 * may be closed by then.
 *
 * <pre>{@code
 * @RegisterExtension
 * final LedgerExtension ledgers = LedgerExtension.create();
 *
 * Relay relay = ledgers.watch(Relay.start(route));
 * }</pre>
 *
 * <p>May be used by any thread of the test.
 */
public final class LedgerExtension implements AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Relay> relays = new CopyOnWriteArrayList<>();
    private final Duration patience;

    private LedgerExtension(Duration patience) {
        this.patience = patience;
    }

    /** One that watches nothing yet. */
    public static LedgerExtension create() {
        return new LedgerExtension(PATIENCE);
    }

    /** One that watches nothing yet, and waits so long for ledgers to be conserved. */
    public static LedgerExtension patience(Duration patience) {
        return new LedgerExtension(patience);
    }

    /** Checks this relay when the test is over, and hands it back. */
    public <R extends Relay> R watch(R relay) {
        relays.add(relay);
        return relay;
    }

    /** Those that it watches, the first one first: a copy. */
    public List<Relay> watched() {
        return List.copyOf(relays);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<Relay> all = watched();
        relays.clear();
        all.forEach(this::check);
    }

    private void check(Relay relay) {
        try {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(patience)
                    .untilAsserted(() -> relay.ledger().assertConserved());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "the ledger of relay '" + relay.name() + "' is not conserved:\n"
                            + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    e);
        }
    }
}
