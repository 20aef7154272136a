package io.araldo;

import static io.araldo.Waiting.until;
import static io.araldo.Waiting.untilWaiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes do not wait for each other. */
@ExtendWith(ThreadLeakExtension.class)
class IsolationTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint stuck = TestEndpoint.named("stuck").thatHolds();
    private final TestEndpoint healthy = TestEndpoint.named("healthy");

    @Test
    void routeToATargetThatAnswersGoesOnWhileAnotherIsStuck() {
        relays.expectWarnings();
        relays.start(
                Route.from(source).queue(2, Overflow.DROP_NEWEST).to(stuck),
                Route.from(source).queue(2, Overflow.DROP_NEWEST).to(healthy));

        IntStream.range(0, 100).forEach(i -> source.receive("m" + i));

        assertThat(stuck.sentTexts()).hasSize(2);
        assertThat(healthy.sentTexts()).hasSize(100);
    }

    @Test
    void handlerThatBlocksHoldsUpItsOwnRouteAlone() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        LocalEndpoint blocking = LocalEndpoint.create("blocking");
        blocking.onMessage(message -> go.join());
        relays.start(
                Route.from(source).to(blocking),
                Route.from(source).filter(message -> true).to(healthy));

        List<TestLink.Received> received =
                IntStream.range(0, 100).mapToObj(i -> source.receive("m" + i)).toList();

        until(() -> healthy.sentTexts().size() == 100);
        assertThat(received).noneMatch(one -> one.outcome().isDone());
        go.complete(null);
        until(() -> received.stream().allMatch(one -> one.outcome().isDone()));
    }

    @Test
    void routeOfAnotherSourceGoesOnWhileAProducerIsHeldBack() {
        LocalEndpoint producing = LocalEndpoint.create("producing");
        relays.start(
                Route.from(producing).queue(1, Overflow.BLOCK).to(stuck),
                Route.from(source).to(healthy));
        Thread producer = new Thread(() -> producing.send("held back"));
        producer.start();
        untilWaiting(producer);

        source.receive("1");

        assertThat(healthy.sentTexts()).containsExactly("1");
        until(() -> !stuck.link().sent.isEmpty());
        stuck.link().acknowledge(0, Outcome.delivered());
    }

    @Test
    void twoTargetsOfOneRouteMoveInStep() {
        relays.expectWarnings();
        relays.start(Route.from(source).queue(2, Overflow.DROP_NEWEST).to(stuck, healthy));

        IntStream.range(0, 100).forEach(i -> source.receive("m" + i));

        assertThat(stuck.sentTexts()).hasSize(2);
        assertThat(healthy.sentTexts()).hasSize(2);
    }
}
