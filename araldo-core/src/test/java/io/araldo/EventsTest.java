package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Consumers of events that fail or dawdle hurt nobody. */
@ExtendWith(ThreadLeakExtension.class)
class EventsTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint target = TestEndpoint.named("target");
    private final Route route = Route.from(source).to(target);

    private static RelayEvent numbered(int number) {
        return new RelayEvent.SessionOpened("source", "s" + number, null, "");
    }

    @Test
    void consumerThatThrowsAnErrorGetsTheNextEvent() {
        AssertionError boom = new AssertionError("boom");
        AtomicInteger calls = new AtomicInteger();
        relays.start(relays.builder(route).events(event -> {
            calls.incrementAndGet();
            throw boom;
        }));

        until(() -> calls.get() == 3);
        relays.awaitWarning("relay 'r': the consumer of events failed on RelayStarted[relay=r]:"
                + " java.lang.AssertionError: boom, at " + boom.getStackTrace()[0]);
        relays.expectWarnings();
        assertThat(source.receive("1").now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void consumerThatDawdlesLosesTheNewestEvents() {
        CompletableFuture<Void> go = new CompletableFuture<>();
        List<RelayEvent> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> blocked = new CompletableFuture<>();
        relays.start(relays.builder(route).events(event -> {
            if (event.equals(numbered(0))) {
                blocked.complete(null);
                go.join();
            }
            seen.add(event);
        }));
        source.link().context.raise(numbered(0));
        until(blocked::isDone);

        IntStream.rangeClosed(1, 2_000).forEach(i -> source.link().context.raise(numbered(i)));
        assertThat(source.receive("1").now()).isEqualTo(Outcome.delivered());
        go.complete(null);

        until(() -> seen.contains(numbered(1_024)));
        relays.awaitWarning("relay 'r': the consumer of events is too slow, 976 events were dropped");
        List<RelayEvent> sessions =
                seen.stream().filter(RelayEvent.SessionOpened.class::isInstance).toList();
        assertThat(sessions)
                .isEqualTo(IntStream.rangeClosed(0, 1_024)
                        .mapToObj(EventsTest::numbered)
                        .toList());
    }

    @Test
    void eventForWhichThereIsNoThreadWaitsForTheNext() {
        List<RelayEvent> seen = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        ThreadFactory threads = task -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("unable to create a thread");
            }
            return RelayThread.single("r", "events").newThread(task);
        };
        try (GuardedConsumer consumer = new GuardedConsumer("r", seen::add, threads)) {
            consumer.accept(numbered(1));
            consumer.accept(numbered(2));

            until(() -> seen.size() == 2);
        }
        assertThat(seen).containsExactly(numbered(1), numbered(2));
    }

    @Test
    void whoeverDropsAMessageDoesNotLearnThatNobodyCouldBeTold() {
        Reports reports = new Reports("r", event -> {
            throw new AssertionError("boom");
        });

        reports.dropped("route", DropReason.OVERFLOW);
        reports.dropped("route", DropReason.OVERFLOW);
        reports.failed("route", new AssertionError("first"));
        reports.failed("route", new AssertionError("second"));
        reports.tick();

        assertThat(relays.warnings())
                .filteredOn(text -> text.startsWith("relay 'r': nobody could be told of Messages"))
                .hasSize(4);
    }

    @Test
    void closeDeliversTheEventsThatWait() {
        List<RelayEvent> seen = new CopyOnWriteArrayList<>();
        Relay relay = relays.start(relays.builder(route).events(seen::add));
        IntStream.range(0, 1_000).forEach(i -> source.link().context.raise(numbered(i)));

        relay.close();

        assertThat(seen).filteredOn(RelayEvent.SessionOpened.class::isInstance).hasSize(1_000);
        assertThat(seen).endsWith(new RelayEvent.RelayClosed("r"));
    }
}
