package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.testing.Fault;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ThreadLeakExtension.class)
class RelayOutageTest {
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(ints = {100, 3_000})
    void relayRelaysAgainSoonAfterAnOutage(int millis) throws Exception {
        Duration length = Duration.ofMillis(millis);
        try (Outage outage = new Outage(HEARTBEAT)) {
            outage.happens(() -> outage.proxy.inject(Fault.REFUSE), length, outage.proxy::restore, Outage.RECOVERY);
            outage.assertLostAndRestoredOnce(Duration.ZERO, length.plusMillis(2_500));
            outage.assertOrderAndLedger();
        }
    }

    @Test
    void relayRelaysAgainSoonAfterRedisWasKilledAndRestarted() throws Exception {
        try (Outage outage = new Outage(HEARTBEAT)) {
            outage.happens(outage.redis::kill, Duration.ofSeconds(1), outage.redis::restart, Outage.RECOVERY);
            outage.assertLostAndRestoredOnce(Duration.ofSeconds(1), Duration.ofSeconds(5));
            outage.assertOrderAndLedger();
        }
    }

    /** The worst moment to return: an attempt has just begun to which nobody answers, and is given up after 2 seconds. */
    @Test
    void relayRelaysAgainAfterTheNetworkWasCutInSilence() throws Exception {
        try (Outage outage = new Outage(Duration.ofMillis(200))) {
            outage.proxy.inject(Fault.HALF_OPEN);
            outage.awaitAttempt();
            outage.proxy.restore();
            outage.awaitArrivalOfWhatIsSentNow(Outage.RECOVERY.plus(PubSubOpening.PATIENCE_AGAIN));
            outage.assertLostAndRestoredOnce(PubSubOpening.PATIENCE_AGAIN, Duration.ofMillis(6_500));
            outage.assertOrderAndLedger();
        }
    }

    @Test
    void closeDuringAnAttemptToReopenASilentRedisLeavesNothing() throws Exception {
        try (Outage outage = new Outage(Duration.ofMillis(100))) {
            outage.proxy.inject(Fault.HALF_OPEN);
            outage.awaitAttempt();
            long begin = System.nanoTime();
            outage.assertOrderAndLedger();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1_500));
            // The thread that was the last to close something may be on its way out.
            await().atMost(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .extracting(Thread::getName)
                            .noneMatch(name -> name.startsWith("araldo-outage-")));
        }
    }

    /** The attempt would wait for two seconds. */
    @Test
    void removalDuringAnAttemptToReopenASilentRedisLeavesNothing() throws Exception {
        try (Outage outage = new Outage(Duration.ofMillis(100))) {
            outage.proxy.inject(Fault.HALF_OPEN);
            outage.awaitAttempt();
            outage.removeRoutes();
            await().atMost(PubSubOpening.PATIENCE_AGAIN.dividedBy(2))
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .extracting(Thread::getName)
                            .noneMatch(name -> name.startsWith("araldo-outage-redis-")));
            assertThat(outage.proxy.accepted()).isEqualTo(4);
        }
    }
}
