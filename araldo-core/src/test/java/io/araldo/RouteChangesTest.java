package io.araldo;

import static io.araldo.Waiting.until;
import static io.araldo.Waiting.untilEnded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.TestEndpoint.Opening;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes come, go, rest and go on while a relay runs, and nothing else notices. */
@ExtendWith(ThreadLeakExtension.class)
@Timeout(60)
class RouteChangesTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint a = TestEndpoint.named("a");
    private final TestEndpoint b = TestEndpoint.named("b");
    private final TestEndpoint c = TestEndpoint.named("c");
    private final Route first = Route.from(a).to(b);

    @Test
    void addedRouteOpensWhatItNeedsAndMoves() {
        Relay relay = relays.start(first);

        relay.add(Route.from(a).to(c));
        a.receive("hello");

        until(() -> b.sentTexts().equals(List.of("hello")) && c.sentTexts().equals(List.of("hello")));
        assertThat(relay.plan().routes()).extracting(Route::name).containsExactly("a->b", "a->c");
        assertThat(relay.health()).containsOnlyKeys("a", "b", "c");
        assertThat(relays.awaitEvents(1, RelayEvent.RouteAdded.class))
                .containsExactly(new RelayEvent.RouteAdded("a->c"));
        assertThat(a.attempts()).isEqualTo(1);
    }

    @Test
    void newSourceFindsItsRouteWithTheFirstMessage() {
        Relay relay = relays.start(first);
        c.opening(link -> {
            link.receive(Message.text("early"));
            return CompletableFuture.completedFuture(link);
        });

        relay.add(Route.from(c).to(b));

        until(() -> b.sentTexts().equals(List.of("early")));
    }

    @Test
    void routeThatDoesNotGoWithTheOthersChangesNothing() {
        Relay relay = relays.start(first);

        assertThatThrownBy(() -> relay.add(Route.from(a).to(b)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("two routes are named 'a->b'");

        assertThat(relay.plan().routes()).containsExactly(first);
    }

    @Test
    void endpointThatDoesNotOpenLeavesNothing() {
        Relay relay = relays.start(first);
        TestEndpoint d = TestEndpoint.named("d").opening(Opening.fails("endpoint 'd' is not there"));

        assertThatThrownBy(() -> relay.add(Route.from(a).to(c, d)))
                .isInstanceOf(EndpointException.class)
                .hasMessage("endpoint 'd' is not there");
        assertThatThrownBy(() -> relay.add(Route.from(d.opening(Opening.fails("endpoint 'd' is away")))
                        .to(c)))
                .hasMessage("endpoint 'd' is away");

        assertThat(relay.plan().routes()).containsExactly(first);
        assertThat(relay.health()).containsOnlyKeys("a", "b");
        assertThat(c.links()).allMatch(link -> link.closes.get() == 1);
        a.receive("hello");
        until(() -> b.sentTexts().equals(List.of("hello")));
    }

    @Test
    void linkThatServesNoMoreThanItWasOpenedForIsReplaced() {
        a.thatOpensWhatIsNeeded();
        Relay relay = relays.start(first);

        relay.add(Route.from(c).to(a));

        assertThat(a.attempts()).isEqualTo(2);
        assertThat(a.link().context.receives()).isTrue();
        assertThat(a.link().context.sends()).isTrue();
        assertThat(a.links().get(0).closes).hasValue(1);
        assertThat(relays.awaitEvents(1, RelayEvent.Gap.class))
                .extracting(RelayEvent.Gap::endpoint)
                .containsExactly("a");
        c.receive("hello");
        until(() -> a.sentTexts().equals(List.of("hello")));
        relays.awaitWarning("reopened");
    }

    @Test
    void removedRouteTakesNothingMoreAndClosesWhatNobodyNeeds() {
        Relay relay = relays.start(first, Route.from(a).to(c));

        assertThat(relay.remove("a->c").received()).isZero();
        a.receive("hello");

        until(() -> b.sentTexts().equals(List.of("hello")));
        assertThat(c.sentTexts()).isEmpty();
        assertThat(c.link().closes).hasValue(1);
        assertThat(a.link().closes).hasValue(0);
        assertThat(relay.ledger().routes()).containsOnlyKeys("a->b");
        assertThat(relay.plan().routes()).containsExactly(first);
        relays.awaitEvents(1, RelayEvent.RouteRemoved.class);
    }

    @Test
    void whatARouteHasTakenGoesItsWayBeforeItEnds() throws Exception {
        c.thatHolds();
        Relay relay = relays.start(first, Route.from(a).to(c));
        relay.pause("a->c");
        a.receive("1");
        a.receive("2");
        CompletableFuture<Ledger.RouteCount> removed = new CompletableFuture<>();

        Thread remover = new Thread(() -> removed.complete(relay.remove("a->c")));
        remover.start();
        until(() -> c.sentTexts().equals(List.of("1", "2")));
        assertThat(removed).isNotDone();
        assertThat(c.link().closes).hasValue(0);
        c.link().acknowledge(0, Outcome.delivered());
        c.link().acknowledge(1, Outcome.delivered());

        untilEnded(remover);
        assertThat(removed.get().legs().get("c").delivered()).isEqualTo(2);
        assertThat(c.link().closes).hasValue(1);
    }

    @Test
    void lastRouteMayGoAndAnotherMayCome() {
        Relay relay = relays.start(first);

        relay.remove("a->b");
        assertThat(relay.plan().routes()).isEmpty();
        assertThat(relay.health()).isEmpty();
        relay.add(first);
        a.receive("hello");

        until(() -> b.sentTexts().equals(List.of("hello")));
        assertThat(a.attempts()).isEqualTo(2);
    }

    @Test
    void handlerMayRemoveItsOwnRoute() {
        LocalEndpoint local = LocalEndpoint.create("local");
        Relay relay = relays.start(first, Route.from(a).name("once").to(local));
        local.onMessage(message -> relay.remove("once"));

        a.receive("hello");

        until(() -> relay.plan().routes().equals(List.of(first)));
    }

    @Test
    void pausedRouteGathersAndGoesOnInOrder() {
        LocalEndpoint local = LocalEndpoint.create("local");
        List<String> handled = new CopyOnWriteArrayList<>();
        local.onMessage(message -> handled.add(message.payload().text()));
        Relay relay = relays.start(first, Route.from(a).to(local));
        relay.pause("a->local");

        IntStream.range(0, 1_000).forEach(i -> a.receive("" + i));
        until(() -> b.sentTexts().size() == 1_000);
        assertThat(relay.ledger().route("a->local").waiting()).isEqualTo(1_000);
        relay.resume("a->local");

        until(() -> handled.size() == 1_000);
        assertThat(handled).isEqualTo(b.sentTexts());
    }

    @Test
    void routeThatIsBeingRemovedCannotBePaused() throws Exception {
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Relay relay = relays.start(
                first,
                Route.from(a)
                        .timeout(Duration.ofMillis(100))
                        .filter(message -> {
                            inStep.countDown();
                            return isLetGo(go);
                        })
                        .to(c));
        a.receive("1");
        a.receive("2");
        inStep.await();
        CompletableFuture<Ledger.RouteCount> removed = new CompletableFuture<>();
        Thread remover = new Thread(() -> removed.complete(relay.remove("a->c")));
        remover.start();
        until(() -> remover.getState() == Thread.State.TIMED_WAITING);

        relay.pause("a->c");
        go.countDown();

        untilEnded(remover);
        assertThat(removed.get().dropped()).isEmpty();
        assertThat(c.sentTexts()).containsExactly("1", "2");
    }

    private static boolean isLetGo(CountDownLatch go) {
        try {
            go.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void routeThatIsNotThereIsToldByName() {
        Relay relay = relays.start(first);
        String expected = "route: 'x' (expected: one of [a->b])";

        assertThatThrownBy(() -> relay.remove("x")).hasMessage(expected);
        assertThatThrownBy(() -> relay.pause("x")).hasMessage(expected);
        assertThatThrownBy(() -> relay.resume("x")).hasMessage(expected);
    }

    @Test
    void closeDoesNotWaitForAnEndpointThatDoesNotOpen() throws Exception {
        Relay relay = relays.start(relays.builder(first).startup(Duration.ofMinutes(10)));
        c.opening(Opening.never());
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        Thread adder = adding(relay, Route.from(a).to(c), refused);
        until(() -> c.attempts() == 1);

        relay.close();

        untilEnded(adder);
        assertThat(refused.get()).hasMessage("the relay was closed");
    }

    @Test
    void linkThatCannotBeReplacedIsOpenedAgainAsItWas() {
        a.thatOpensWhatIsNeeded();
        Relay relay = relays.start(relays.builder(first)
                .startup(Duration.ofMillis(200))
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1))));
        AtomicBoolean refuses = new AtomicBoolean(true);
        Opening readOnly = link -> link.context.sends() && refuses.get()
                ? CompletableFuture.failedFuture(new EndpointException("endpoint 'a' is read-only"))
                : CompletableFuture.completedFuture(link);
        a.opening(Collections.nCopies(10_000, readOnly).toArray(Opening[]::new));

        assertThatThrownBy(() -> relay.add(Route.from(c).to(a))).isInstanceOf(EndpointException.class);

        relays.awaitEvents(1, RelayEvent.LinkRestored.class);
        refuses.set(false);
        assertThat(a.link().context.sends()).isFalse();
        assertThat(relay.plan().routes()).containsExactly(first);
        a.receive("hello");
        until(() -> b.sentTexts().equals(List.of("hello")));
        relays.expectWarnings();
    }

    @Test
    void closeDoesNotWaitForALinkThatIsNotReplaced() throws Exception {
        a.thatOpensWhatIsNeeded();
        Relay relay = relays.start(relays.builder(first)
                .startup(Duration.ofSeconds(15))
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1))));
        a.opening(Opening.never());
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        Thread adder = adding(relay, Route.from(c).to(a), refused);
        until(() -> a.attempts() == 2);

        Thread closer = new Thread(relay::close);
        closer.start();

        untilEnded(closer);
        untilEnded(adder);
        assertThat(refused.get()).hasMessage("the relay was closed");
        relays.expectWarnings();
    }

    private static Thread adding(Relay relay, Route route, CompletableFuture<Throwable> refused) {
        Thread adder = new Thread(() -> {
            try {
                relay.add(route);
                refused.complete(null);
            } catch (EndpointException e) {
                refused.complete(e);
            }
        });
        adder.start();
        return adder;
    }

    @Test
    void openingThatNobodyNeedsAnyMoreIsInterrupted() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        c.opening(Opening.fails("endpoint 'c' is not there"), link -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return new CompletableFuture<>();
        });
        Relay relay = relays.start(relays.builder(first, Route.from(a).to(c))
                .optional(c)
                .backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1)))
                .startup(Duration.ofMinutes(10)));
        until(() -> c.attempts() == 2);

        relay.remove("a->c");

        until(interrupted::isDone);
        relays.expectWarnings();
    }

    @Test
    void closedRelayTakesNoRoute() {
        Relay relay = relays.start(first);
        relay.close();

        assertThatThrownBy(() -> relay.add(Route.from(a).to(c)))
                .isInstanceOf(AraldoException.class)
                .hasMessageContaining("relay 'r' is closed");
        assertThat(c.attempts()).isZero();
    }
}
