package io.araldo;

import static io.araldo.Waiting.result;
import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies whose fate does not matter to the route. */
@ExtendWith(ThreadLeakExtension.class)
class TapTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final MockEndpoint in = MockEndpoint.create("in");
    private final MockEndpoint out = MockEndpoint.create("out");
    private final TestEndpoint audit = TestEndpoint.named("audit");
    private Relay relay;

    private void start(Route... routes) {
        relay = relays.start(routes);
    }

    private RouteBuilder route() {
        return Route.from(in).name("route");
    }

    private Outcome receive(String text) {
        return result(in.receive(text));
    }

    @Test
    void copyIsAsTheStepsSoFarHaveLeftTheMessage() {
        TestEndpoint clients = TestEndpoint.named("clients");
        start(Route.from(clients)
                .map(message -> message.withPayload(Payload.text("1")).withAddress("somebody"))
                .tap(audit)
                .map(message -> message.withPayload(Payload.text("2")))
                .to(out));

        TestLink.Received received = clients.link().receiveFrom("session", Message.text("0"));
        result(received.outcome());

        assertThat(audit.sentTexts()).containsExactly("1");
        assertThat(audit.link().sent.get(0).message().address()).contains("somebody");
        assertThat(out.sent()).extracting(message -> message.payload().text()).containsExactly("2");
    }

    @Test
    void tapIsCountedApart() {
        start(route().tap(audit).filter(message -> false).to(out));

        assertThat(receive("1")).isEqualTo(Outcome.filtered());

        Ledger.RouteCount count = relay.ledger().route("route");
        assertThat(count.legs()).containsOnlyKeys("out");
        assertThat(count.routed()).isZero();
        assertThat(relay.ledger().tap("route", "audit")).isEqualTo(new Ledger.LegCount(1, 1, 0, 0, Map.of(), 0));
        relay.ledger().assertConserved();
    }

    @Test
    void tapThatFailsConcernsNobodyElse() {
        relays.expectWarnings();
        start(route().tap(audit).to(out));
        audit.link().answer(Outcome.failed(new IllegalStateException("full")));

        assertThat(receive("1")).isEqualTo(Outcome.delivered());
        audit.link().lose("gone");
        assertThat(receive("2")).isEqualTo(Outcome.delivered());

        Ledger.LegCount tap = relay.ledger().tap("route", "audit");
        assertThat(tap.offered()).isEqualTo(2);
        assertThat(tap.failed() + tap.dropped().getOrDefault(DropReason.NOT_WRITABLE, 0L) + tap.delivered())
                .isEqualTo(2);
    }

    @Test
    void tapThatDoesNotAnswerHoldsNothingAndIsUnknownInTheEnd() {
        audit.thatHolds();
        start(route().queue(1, Overflow.DROP_NEWEST)
                .timeout(Duration.ofMillis(50))
                .tap(audit)
                .to(out));

        assertThat(receive("1")).isEqualTo(Outcome.delivered());
        until(() -> relay.ledger().tap("route", "audit").unknown() == 1);
        assertThat(receive("2")).isEqualTo(Outcome.delivered());
        relays.expectWarnings();
    }

    @Test
    void copiesBeyondTheCapacityAreDroppedAndTheRouteGoesOn() {
        relays.expectWarnings();
        audit.thatHolds();
        start(route().queue(3, Overflow.DROP_NEWEST).tap(audit).to(out));

        for (int i = 0; i < 10; i++) {
            assertThat(receive("m" + i)).isEqualTo(Outcome.delivered());
        }

        Ledger.LegCount tap = relay.ledger().tap("route", "audit");
        assertThat(tap.offered()).isEqualTo(10);
        assertThat(tap.inFlight()).isEqualTo(3);
        assertThat(tap.dropped()).isEqualTo(Map.of(DropReason.OVERFLOW, 7L));
        relay.ledger().assertConserved();
    }

    @Test
    void handlerOfATapThatBlocksDoesNotHoldTheRoute() {
        LocalEndpoint slow = LocalEndpoint.create("slow");
        CountDownLatch go = new CountDownLatch(1);
        slow.onMessage(message -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        start(route().tap(slow).to(out));

        assertThat(receive("1")).isEqualTo(Outcome.delivered());
        assertThat(receive("2")).isEqualTo(Outcome.delivered());

        assertThat(relay.ledger().tap("route", "slow").delivered()).isZero();
        go.countDown();
        until(() -> relay.ledger().tap("route", "slow").delivered() == 2);
    }

    @Test
    void oneEndpointMayTapTwice() {
        start(route().tap(audit)
                .map(message -> message.withPayload(Payload.text("2")))
                .tap(audit)
                .to(out));

        receive("1");

        assertThat(audit.sentTexts()).containsExactly("1", "2");
        assertThat(relay.ledger().tap("route", "audit").offered()).isEqualTo(2);
        assertThat(relay.plan().toMermaid()).containsOnlyOnce("tap");
    }

    @Test
    void tapIsDrawnDashed() {
        RelayPlan plan = Relay.builder()
                .name("p")
                .route(route().filter(message -> true).tap(audit).to(out))
                .plan();

        assertThat(plan.endpoints()).isEqualTo(List.of(in, out, audit));
        assertThat(plan.toMermaid()).isEqualTo("""
                        flowchart LR
                            e0["in"]
                            e1["out"]
                            e2["audit"]
                            e0 -->|"filter"| e1
                            e0 -.->|"tap"| e2
                        """);
        assertThat(plan.toDot()).contains("""
                            "in" -> "out" [label="filter"];
                            "in" -> "audit" [label="tap", style=dashed];
                        """);
    }
}
