package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.araldo.Ledger;
import io.araldo.MockEndpoint;
import io.araldo.Relay;
import io.araldo.Route;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class LedgerExtensionTest {
    private static List<Throwable> failures(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents()
                .finished()
                .stream()
                .map(Event::getPayload)
                .flatMap(payload -> ((TestExecutionResult) payload.orElseThrow()).getThrowable().stream())
                .toList();
    }

    /** A relay that has lost a message; there is no honest way to make a real one do so. */
    private static Relay forgetful() {
        Ledger.RouteCount lost = new Ledger.RouteCount(1, 0, 0, 0, 0, Map.of(), 0, 0, Map.of(), Map.of());
        Ledger ledger = new Ledger(Map.of(), Map.of("a->b", lost));
        return (Relay) Proxy.newProxyInstance(
                Relay.class.getClassLoader(),
                new Class<?>[] {Relay.class},
                (proxy, method, arguments) -> method.getName().equals("ledger") ? ledger : "forgetful");
    }

    static class LosesCount {
        @RegisterExtension
        final LedgerExtension ledgers = LedgerExtension.patience(Duration.ofMillis(50));

        @Test
        void loses() {
            ledgers.watch(forgetful());
        }
    }

    @Test
    void testWhoseRelayLosesCountFailsWithTheEquation() {
        assertThat(failures(LosesCount.class))
                .singleElement()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                .hasMessageStartingWith("the ledger of relay 'forgetful' is not conserved:\n"
                        + "route 'a->b': received and produced 1, accounted for 0: ");
    }

    static class KeepsCount {
        @RegisterExtension
        final LedgerExtension ledgers = LedgerExtension.create();

        @Test
        void keeps() {
            MockEndpoint in = MockEndpoint.create("in");
            try (Relay relay = ledgers.watch(Relay.start(Route.from(in).to(MockEndpoint.create("out"))))) {
                in.receive("m");
                assertThat(ledgers.watched()).containsExactly(relay);
            }
        }
    }

    @Test
    void closedRelayThatKeptCountPasses() {
        assertThat(failures(KeepsCount.class)).isEmpty();
    }
}
