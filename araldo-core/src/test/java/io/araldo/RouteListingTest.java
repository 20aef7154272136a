package io.araldo;

import static io.araldo.Waiting.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the pages show of routes does what they say. */
@ExtendWith(ThreadLeakExtension.class)
class RouteListingTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final MockEndpoint shop = MockEndpoint.create("shop");
    private final MockEndpoint audit = MockEndpoint.create("audit");
    private final MockEndpoint stock = MockEndpoint.create("stock");
    private final MockEndpoint gifts = MockEndpoint.create("gifts");
    private final MockEndpoint failed = MockEndpoint.create("failed");

    private static Collection<Message> lines(Message order) {
        return Arrays.stream(order.payload().text().split("\n"))
                .map(line -> order.withPayload(Payload.text(line)))
                .toList();
    }

    @Test
    void routeOfTheConceptsPage() {
        // region route
        Route orders = Route.from(shop)
                .name("orders")
                .dedupe(order -> order.header("number").orElse(order.id()), Duration.ofMinutes(10), 10_000)
                .tap(audit)
                .split(RouteListingTest::lines)
                .rateLimit(100, Duration.ofSeconds(1))
                .retry(5, Backoff.standard())
                .deadLetter(failed)
                .to(Router.byHeader("kind", Map.of("plain", stock, "gift", gifts)), stock, gifts);
        // endregion
        Relay relay = relays.start(orders);
        gifts.answer(Outcome.dropped(DropReason.TOO_LARGE));
        relays.expectWarnings();
        Message order = Message.text("a\nb").withHeader("number", "1").withHeader("kind", "plain");

        assertThat(result(shop.receive(order))).isEqualTo(Outcome.delivered());
        assertThat(result(shop.receive(order))).isEqualTo(Outcome.filtered());
        assertThat(result(shop.receive(order.withHeader("number", "2").withHeader("kind", "gift"))))
                .isEqualTo(Outcome.dropped(DropReason.TOO_LARGE));

        assertThat(stock.sent()).extracting(line -> line.payload().text()).containsExactly("a", "b");
        assertThat(relay.ledger().route("orders").produced()).isEqualTo(4);
        Waiting.until(() -> relay.ledger().tap("orders", "audit").delivered() == 2);
    }
}
