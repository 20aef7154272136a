package io.araldo;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of the messages of a route before they were offered to targets; striped, for any number of threads. */
final class RouteTally {
    final LongAdder produced = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder split = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder routed = new LongAdder();
    final Drops dropped = new Drops();

    Ledger.RouteCount count(
            long received, long waiting, Map<String, Ledger.LegCount> legs, Map<String, Ledger.LegCount> taps) {
        return new Ledger.RouteCount(
                received,
                produced.sum(),
                filtered.sum(),
                split.sum(),
                failed.sum(),
                dropped.counted(),
                routed.sum(),
                waiting,
                legs,
                taps);
    }
}
