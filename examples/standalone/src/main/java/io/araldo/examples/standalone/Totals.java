package io.araldo.examples.standalone;

import io.araldo.Ledger.LegCount;
import io.araldo.Ledger.RouteCount;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What became of the messages of a route, in a line for people. */
final class Totals {
    private Totals() {}

    /** The four that follow the first add up to it, once the relay is closed. */
    static String of(RouteCount route) {
        Collection<LegCount> legs = route.legs().values();
        return route.received() + " received, "
                + sum(legs, LegCount::delivered) + " delivered, "
                + (sum(route.dropped()) + sum(legs, leg -> sum(leg.dropped()))) + " dropped, "
                + (route.failed() + sum(legs, LegCount::failed)) + " failed, "
                + sum(legs, LegCount::unknown) + " unknown";
    }

    private static long sum(Collection<LegCount> legs, ToLongFunction<LegCount> count) {
        return legs.stream().mapToLong(count).sum();
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
