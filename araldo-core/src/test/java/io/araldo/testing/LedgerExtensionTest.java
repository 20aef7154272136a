package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.araldo.Ledger;
import io.araldo.MockEndpoint;
import io.araldo.Relay;
import io.araldo.Route;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.slf4j.LoggerFactory;

class LedgerExtensionTest {
    private static final Ledger LOST = new Ledger(
            Map.of(), Map.of("a->b", new Ledger.RouteCount(1, 0, 0, 0, 0, Map.of(), 0, 0, Map.of(), Map.of())));

    private static volatile boolean isLost;

    /** The failures of tests that do not name the extension, with the configuration of the build. */
    private static List<Throwable> failures(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .enableImplicitConfigurationParameters(true)
                .configurationParameter("araldo.ledger.patience", "PT0.05S")
                .selectors(selectClass(tests))
                .execute()
                .testEvents()
                .finished()
                .stream()
                .map(Event::getPayload)
                .flatMap(payload -> ((TestExecutionResult) payload.orElseThrow()).getThrowable().stream())
                .toList();
    }

    /** Starts a relay that loses a message, and finds it again; there is no honest way to make a real one do so. */
    private static void startForgetful(boolean isClosed) {
        Object relay = Proxy.newProxyInstance(
                Relay.class.getClassLoader(),
                new Class<?>[] {Relay.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "ledger" -> isLost ? LOST : new Ledger(Map.of(), Map.of());
                    case "awaitTermination" -> isClosed;
                    default -> "forgetful";
                });
        LoggerFactory.getLogger(Relay.class).debug("{}", relay);
    }

    /** The extension that watches this class has seen the same relays. */
    @AfterEach
    void find() {
        isLost = false;
    }

    static class LosesCount {
        @Test
        void loses() {
            startForgetful(true);
        }
    }

    @Test
    void testWhoseRelayLosesCountFailsWithTheEquation() {
        isLost = true;
        assertThat(failures(LosesCount.class))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageStartingWith("the ledger of relay 'forgetful' is not conserved:\n"
                        + "route 'a->b': received and produced 1, accounted for 0: ");
    }

    static class LosesCountLater {
        @BeforeAll
        static void start() {
            startForgetful(false);
        }

        @Test
        void keeps() {}

        @AfterEach
        void lose() {
            isLost = count++ == 1;
        }

        @Test
        void loses() {}

        @AfterAll
        static void find() {
            isLost = false;
        }

        private static int count;
    }

    @Test
    void relayThatTestsShareIsCheckedAfterEach() {
        assertThat(failures(LosesCountLater.class)).hasSize(1);
    }

    static class KeepsCount {
        @Test
        void keeps() {
            MockEndpoint in = MockEndpoint.create("in");
            try (Relay relay = Relay.start(Route.from(in).to(MockEndpoint.create("out")))) {
                in.receive("m");
            }
        }
    }

    @Test
    void closedRelayThatKeptCountPasses() {
        assertThat(failures(KeepsCount.class)).isEmpty();
    }

    @Test
    void relayThatStartsIsSeenOnce() {
        try (StartedRelays started = StartedRelays.watch();
                Relay relay = Relay.start(Route.from(MockEndpoint.create("in")).to(MockEndpoint.create("out")))) {
            assertThat(started.take()).containsExactly(relay);
            assertThat(started.take()).isEmpty();
        }
    }
}
