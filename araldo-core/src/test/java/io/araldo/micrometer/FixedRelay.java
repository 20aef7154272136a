package io.araldo.micrometer;

import io.araldo.DrainReport;
import io.araldo.Endpoint;
import io.araldo.Health;
import io.araldo.Ledger;
import io.araldo.Relay;
import io.araldo.RelayPlan;
import io.araldo.Route;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A relay with a ledger and a health that the test makes up, and a count of how often it was asked. */
final class FixedRelay implements Relay {
    volatile Ledger ledger = new Ledger(Map.of(), Map.of());
    volatile Map<String, Health> health = Map.of();
    volatile int snapshots;

    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public RelayPlan plan() {
        throw new AssertionError("meters do not need the plan");
    }

    @Override
    public URI address(Endpoint endpoint) {
        throw new AssertionError("meters do not need addresses");
    }

    @Override
    public Map<String, Health> health() {
        return health;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one test thread
    public Ledger ledger() {
        snapshots++;
        return ledger;
    }

    @Override
    public void add(Route route) {
        throw new AssertionError("meters change nothing");
    }

    @Override
    public Ledger.RouteCount remove(String route) {
        throw new AssertionError("meters change nothing");
    }

    @Override
    public void pause(String route) {
        throw new AssertionError("meters change nothing");
    }

    @Override
    public void resume(String route) {
        throw new AssertionError("meters change nothing");
    }

    @Override
    public DrainReport drain(Duration limit) {
        throw new AssertionError("meters change nothing");
    }

    @Override
    public void awaitTermination() {}

    @Override
    public boolean awaitTermination(Duration timeout) {
        return true;
    }

    @Override
    public void close() {}
}
