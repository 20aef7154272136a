package io.araldo.redis;

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

    /** An attempt to connect that has begun while nobody answers must be given up first, after 5 seconds. */
    @Test
    void relayRelaysAgainAfterTheNetworkWasCutInSilence() throws Exception {
        try (Outage outage = new Outage(Duration.ofMillis(200))) {
            outage.happens(
                    () -> outage.proxy.inject(Fault.HALF_OPEN),
                    Duration.ofSeconds(3),
                    outage.proxy::restore,
                    Outage.RECOVERY.plusSeconds(5));
            outage.assertLostAndRestoredOnce(Duration.ofSeconds(1), Duration.ofSeconds(11));
            outage.assertOrderAndLedger();
        }
    }
}
