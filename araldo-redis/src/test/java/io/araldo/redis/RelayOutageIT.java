package io.araldo.redis;

import io.araldo.testing.Fault;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ThreadLeakExtension.class)
class RelayOutageIT {
    @Test
    void relayRelaysAgainSoonAfterALongOutage() throws Exception {
        Duration length = Duration.ofSeconds(20);
        try (Outage outage = new Outage(Duration.ofSeconds(5))) {
            outage.happens(() -> outage.proxy.inject(Fault.REFUSE), length, outage.proxy::restore, Outage.RECOVERY);
            outage.assertLostAndRestoredOnce(length.minusSeconds(1), length.plusMillis(2_500));
            outage.assertOrderAndLedger();
        }
    }
}
