package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has waited for too long when its turn comes. */
@ExtendWith(ThreadLeakExtension.class)
class ExpiryTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Outcome EXPIRED = Outcome.dropped(DropReason.EXPIRED);

    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final ManualTime time = new ManualTime();
    private final TestEndpoint in = TestEndpoint.named("in");
    private final TestEndpoint out = TestEndpoint.named("out");
    private Relay relay;

    private void start(RouteBuilder route) {
        relay = relays.start(lanes, time, route.name("route").to(out));
    }

    /** After ten seconds. */
    private RouteBuilder expiring() {
        return Route.from(in).expireAfter(Duration.ofSeconds(10));
    }

    private void pass(int seconds) {
        time.advance(SECOND.multipliedBy(seconds));
    }

    private void assertExpired(long count) {
        assertThat(relay.ledger().route("route").dropped())
                .isEqualTo(count == 0 ? Map.of() : Map.of(DropReason.EXPIRED, count));
        relay.ledger().assertConserved();
    }

    @Test
    void messageThatHasWaitedForLongerIsDroppedWhenItsTurnComes() {
        start(expiring().filter(message -> true));
        TestLink.Received old = in.receive("old");
        pass(1);
        TestLink.Received young = in.receive("young");
        pass(10);
        assertThat(relay.ledger().route("route").waiting()).isEqualTo(2);

        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("young");
        assertThat(old.now()).isEqualTo(EXPIRED);
        assertThat(young.now()).isEqualTo(Outcome.delivered());
        assertExpired(1);
        relays.awaitWarning("relay 'r', 'route': a message dropped: EXPIRED");
    }

    @Test
    void plainRouteThatWasPausedDropsWhatExpired() {
        relays.expectWarnings();
        start(expiring());
        relay.pause("route");
        in.receive("1");
        in.receive("2");
        pass(5);
        in.receive("3");
        pass(6);

        relay.resume("route");
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("3");
        assertExpired(2);
    }

    @Test
    void agesAreThoseOfWhatStillWaits() {
        relays.expectWarnings();
        start(expiring().queue(2, Overflow.DROP_OLDEST).filter(message -> true));
        in.receive("1");
        pass(5);
        in.receive("2");
        in.receive("3");
        pass(6);

        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("2", "3");
        assertThat(relay.ledger().route("route").dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 1L));
    }

    @Test
    void waitForThePermitCounts() {
        relays.expectWarnings();
        start(expiring().rateLimit(1, SECOND.multipliedBy(8)));
        List<TestLink.Received> received = List.of(in.receive("1"), in.receive("2"), in.receive("3"));
        lanes.runAll();

        pass(8);
        lanes.runAll();
        pass(8);
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("1", "2");
        assertThat(received.get(2).now()).isEqualTo(EXPIRED);
        assertExpired(1);
    }

    @Test
    void partsExpireWithWhatTheyCameFrom() {
        relays.expectWarnings();
        start(expiring().split(message -> List.of(message, message)).rateLimit(1, SECOND.multipliedBy(11)));
        TestLink.Received received = in.receive("1");
        lanes.runAll();

        pass(11);
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("1");
        assertThat(received.now()).isEqualTo(EXPIRED);
        assertExpired(1);
    }

    @Test
    void waitForTheMessageBeforeCountsAndThatForAnotherAttemptDoesNot() {
        relays.expectWarnings();
        out.thatHolds();
        start(expiring().timeout(Duration.ofHours(1)).retry(2, Backoff.fullJitter(SECOND, SECOND)));
        TestLink.Received first = in.receive("1");
        TestLink.Received second = in.receive("2");
        lanes.runAll();
        pass(11);

        out.link().acknowledge(0, Outcome.failed(new IllegalStateException("no")));
        lanes.runAll();
        pass(1);
        lanes.runAll();
        assertThat(out.sentTexts()).containsExactly("1", "1");
        out.link().acknowledge(1, Outcome.delivered());
        lanes.runAll();

        assertThat(first.now()).isEqualTo(Outcome.delivered());
        assertThat(second.now()).isEqualTo(EXPIRED);
        assertThat(out.sentTexts()).hasSize(2);
        assertExpired(1);
    }

    @Test
    void stepThatIsTriedAgainDoesNotExpire() {
        int[] calls = new int[1];
        start(expiring()
                .filter(message -> {
                    if (++calls[0] == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return true;
                })
                .retry(2, Backoff.fullJitter(SECOND, SECOND)));
        in.receive("1");
        lanes.runAll();

        pass(11);
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("1");
        assertExpired(0);
    }

    @Test
    void expiredMessageMakesRoom() {
        relays.expectWarnings();
        start(expiring().queue(1, Overflow.DROP_NEWEST).filter(message -> true));
        in.receive("1");
        pass(11);
        lanes.runAll();

        in.receive("2");
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("2");
        assertExpired(1);
    }

    @Test
    void nothingExpiresByDefault() {
        start(Route.from(in).filter(message -> true));
        assertThat(Route.from(in).to(out).expireAfter()).isEmpty();
        assertThat(expiring().to(out).expireAfter()).contains(Duration.ofSeconds(10));
        in.receive("1");

        time.advance(Duration.ofDays(1));
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("1");
    }

    @Test
    void noTimeAtAllIsRefused() {
        assertThatThrownBy(() -> Route.from(in).expireAfter(Duration.ZERO))
                .hasMessage("expireAfter: PT0S (expected: > 0)");
    }
}
