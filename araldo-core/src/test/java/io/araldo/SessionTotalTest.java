package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Ledger.EndpointCount;
import io.araldo.Ledger.SessionCount;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What sessions got stays in the ledger when they, and their link, are gone. */
@ExtendWith(ThreadLeakExtension.class)
class SessionTotalTest {
    private static final Backoff OFTEN = Backoff.fullJitter(Duration.ofNanos(1), Duration.ofNanos(1));

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint target = TestEndpoint.named("target");

    private Relay start() {
        return relays.start(
                relays.builder(Route.from(source).name("route").to(target)).backoff(OFTEN));
    }

    private static Optional<SessionCount> written(long count) {
        return Optional.of(new SessionCount(count, count, 0, Map.of(), 0));
    }

    /** Loses the link, and waits for the next one. */
    private void replace() {
        int before = target.attempts();
        target.link().lose("gone");
        until(() -> target.attempts() > before);
    }

    private void untilWritten(Relay relay, long count) {
        until(() -> relay.ledger().sessions("target").written() == count);
    }

    @Test
    void endpointOfAKindWithoutSessionsHasNoCountOfThem() {
        Relay relay = start();

        assertThat(relay.ledger().endpoints()).containsOnly(Map.entry("source", new EndpointCount(0, 0)));
    }

    @Test
    void targetThatHasSessionsIsInTheLedger() {
        Relay relay = start();
        target.link().counting(() -> written(0));

        assertThat(relay.ledger().endpoints())
                .containsOnly(
                        Map.entry("source", new EndpointCount(0, 0)),
                        Map.entry("target", new EndpointCount(0, 0, written(0))));
    }

    @Test
    void countsOfAllLinksAddUp() {
        relays.expectWarnings();
        Relay relay = start();
        for (int i = 0; i < 5; i++) {
            target.link().counting(() -> written(10));
            untilWritten(relay, 10L * (i + 1));
            replace();
            untilWritten(relay, 10L * (i + 1));
        }
        relay.close();

        assertThat(relay.ledger().sessions("target").written()).isEqualTo(50);
    }

    @Test
    void whatIsCountedUntilTheCloseIsCompleteCounts() {
        relays.expectWarnings();
        Relay relay = start();
        AtomicInteger count = new AtomicInteger(1);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        target.opening(TestEndpoint.when(new CompletableFuture<>()));
        target.link().counting(() -> written(count.get())).closing(closed).lose("gone");
        until(() -> target.attempts() == 2);

        count.set(2);
        untilWritten(relay, 2);
        count.set(3);
        closed.complete(null);
        count.set(4);

        untilWritten(relay, 3);
    }

    @Test
    void whatIsBeingWrittenWhenTheLinkIsClosedStillCounts() {
        Relay relay = start();
        AtomicInteger count = new AtomicInteger();
        target.link().counting(() -> Optional.of(new SessionCount(1, count.get(), 0, Map.of(), 1 - count.get())));
        relay.close();
        assertThat(relay.ledger().sessions("target").pending()).isEqualTo(1);

        count.set(1);

        assertThat(relay.ledger().sessions("target")).isEqualTo(written(1).orElseThrow());
    }

    @Test
    void linkThatIsNotClosedForeverIsForgottenWhenTheNextOneOpens() {
        relays.expectWarnings();
        Relay relay = start();
        AtomicInteger count = new AtomicInteger(1);
        TestLink first = target.link().counting(() -> written(count.getAndIncrement()));
        first.closing(new CompletableFuture<>());
        replace();
        replace();
        until(() -> relay.health().get("target").status() == Health.Status.UP);

        assertThat(relay.ledger().sessions("target")).isEqualTo(relay.ledger().sessions("target"));
    }

    @Test
    void linkThatThrowsWhenItIsAskedDoesNotHideTheOthers() {
        Relay relay = start();
        source.link().counting(() -> {
            throw new IllegalStateException("boom");
        });
        target.link().counting(() -> written(7));

        assertThat(relay.ledger().sessions("target").written()).isEqualTo(7);
        assertThat(relay.ledger().endpoints().get("source").sessions()).isEmpty();
        relays.awaitWarning("its sessionCount() threw java.lang.IllegalStateException: boom");
        relays.expectWarnings();
    }
}
