package io.araldo.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.LocalEndpoint;
import io.araldo.Message;
import io.araldo.MockEndpoint;
import io.araldo.Outcome;
import io.araldo.Payload;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.testing.ThreadLeakExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a relay that runs. */
@ExtendWith(ThreadLeakExtension.class)
class LiveRelayMetricsTest {
    private final LocalEndpoint orders = LocalEndpoint.create("orders");
    private final MockEndpoint stock = MockEndpoint.create("stock");
    private final MockEndpoint gifts = MockEndpoint.create("gifts");
    private final MockEndpoint audit = MockEndpoint.create("audit");
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private Relay relay;

    @BeforeEach
    void start() {
        gifts.answer(Outcome.dropped(DropReason.TOO_LARGE));
        relay = Relay.builder()
                .name("shop")
                .route(Route.from(orders)
                        .name("lines")
                        .filter(order -> !order.payload().text().isEmpty())
                        .tap(audit)
                        .split(LiveRelayMetricsTest::lines)
                        .to(stock, gifts))
                .start();
    }

    @AfterEach
    void close() {
        relay.close();
        registry.close();
    }

    private static Collection<Message> lines(Message order) {
        return Arrays.stream(order.payload().text().split("\n"))
                .map(line -> order.withPayload(Payload.text(line)))
                .toList();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    @Test
    void metersEqualTheLedger() {
        orders.send("a\nb").toCompletableFuture().join();
        orders.send("").toCompletableFuture().join();
        await().until(() -> relay.ledger().tap("lines", "audit").delivered() == 1);

        RelayMetrics.of(relay).bindTo(registry);

        assertThat(Shown.by(registry)).isEqualTo(Shown.expectedOf(relay));
        assertThat(count("araldo.route.filtered", "route", "lines")).isEqualTo(1);
        assertThat(count("araldo.leg.delivered", "target", "stock")).isEqualTo(2);
        assertThat(count("araldo.leg.dropped", "target", "gifts", "reason", "too_large"))
                .isEqualTo(2);
        assertThat(count("araldo.tap.delivered", "target", "audit")).isEqualTo(1);
    }

    @Test
    void listingOfTheOperationsPage() {
        // region metrics
        RelayMetrics metrics = RelayMetrics.of(relay);
        metrics.bindTo(registry);
        // endregion

        assertThat(registry.get("araldo.endpoint.health")
                        .tags("relay", "shop", "endpoint", "stock")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void metersOfAClosedRelayShowItsLastState() {
        orders.send("a").toCompletableFuture().join();
        relay.close();

        RelayMetrics.of(relay).bindTo(registry);

        assertThat(Shown.by(registry)).isEqualTo(Shown.expectedOf(relay));
        assertThat(count("araldo.route.received", "route", "lines")).isEqualTo(1);
    }
}
