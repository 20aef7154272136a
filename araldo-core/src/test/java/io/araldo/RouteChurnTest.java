package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thousands of routes come and go. */
@ExtendWith(ThreadLeakExtension.class)
@Timeout(120)
class RouteChurnTest {
    /** Whatever its policy, and though the source may just be offering something as the route goes. */
    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_NEWEST"})
    void theLastCountOfARouteHoldsWhileItsSourceGoesOn(Overflow overflow) {
        MockEndpoint in = MockEndpoint.create("in");
        LocalEndpoint out = LocalEndpoint.create("out");
        AtomicBoolean isOver = new AtomicBoolean();
        Thread sender = new Thread(() -> {
            while (!isOver.get()) {
                in.receive("hello");
            }
        });
        try (Relay relay = Relay.start(Route.from(in).name("stays").to(out))) {
            sender.start();
            for (int i = 0; i < 3_000; i++) {
                relay.add(Route.from(in)
                        .name("goes")
                        .queue(1, overflow)
                        .map(message -> message)
                        .to(out));
                Ledger.RouteCount last = relay.remove("goes");
                new Ledger(Map.of(), Map.of("goes", last)).assertConserved();
            }
        } finally {
            isOver.set(true);
            Waiting.untilEnded(sender);
        }
    }

    /** What each would leave, if it left a hundred bytes, is a megabyte. */
    @Test
    void changesLeaveTheHeapWhereItWas() {
        MockEndpoint in = MockEndpoint.create("in");
        LocalEndpoint out = LocalEndpoint.create("out");
        LocalEndpoint other = LocalEndpoint.create("other");
        try (Relay relay = Relay.start(Route.from(in).to(out))) {
            addAndRemove(relay, in, other, 1_000);
            long before = usedHeap();

            addAndRemove(relay, in, other, 10_000);

            assertThat(usedHeap() - before).isLessThan(1_000_000);
            assertThat(relay.health()).containsOnlyKeys("in", "out");
        }
    }

    private static void addAndRemove(Relay relay, MockEndpoint in, LocalEndpoint other, int times) {
        for (int i = 0; i < times; i++) {
            relay.add(Route.from(in).name("route-" + i).to(other));
            in.receive("hello");
            relay.remove("route-" + i);
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
