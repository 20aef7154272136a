package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a full route drops; the lanes run when a test says so. */
@ExtendWith(ThreadLeakExtension.class)
class OverflowTest {
    private static final Outcome OVERFLOW = Outcome.dropped(DropReason.OVERFLOW);

    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final LocalEndpoint in = LocalEndpoint.create("in");
    private final TestEndpoint out = TestEndpoint.named("out");

    private List<CompletableFuture<Outcome>> send(String... texts) {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (String text : texts) {
            outcomes.add(in.send(text).toCompletableFuture());
        }
        return outcomes;
    }

    private Relay start(RouteBuilder route) {
        return relays.start(lanes, route.name("route").to(out));
    }

    private void assertCounts(Relay relay, long received, long dropped, long routed, long waiting) {
        Ledger.RouteCount count = relay.ledger().route("route");
        assertThat(count.received()).as("received").isEqualTo(received);
        assertThat(count.dropped())
                .as("dropped")
                .isEqualTo(dropped == 0 ? Map.of() : Map.of(DropReason.OVERFLOW, dropped));
        assertThat(count.routed()).as("routed").isEqualTo(routed);
        assertThat(count.waiting()).as("waiting").isEqualTo(waiting);
        relay.ledger().assertConserved();
    }

    @Test
    void oldestIsDroppedWhenFull() {
        relays.expectWarnings();
        Relay relay = start(Route.from(in).queue(3, Overflow.DROP_OLDEST));

        List<CompletableFuture<Outcome>> outcomes = send("1", "2", "3", "4", "5");

        assertCounts(relay, 5, 2, 0, 3);
        lanes.runAll();
        assertThat(out.sentTexts()).containsExactly("3", "4", "5");
        assertThat(outcomes.get(0)).isCompletedWithValue(OVERFLOW);
        assertThat(outcomes.get(1)).isCompletedWithValue(OVERFLOW);
        assertThat(outcomes.get(2)).isCompletedWithValue(Outcome.delivered());
        assertCounts(relay, 5, 2, 3, 0);
    }

    @Test
    void newestIsDroppedWhenFull() {
        relays.expectWarnings();
        Relay relay = start(Route.from(in).queue(3, Overflow.DROP_NEWEST));

        List<CompletableFuture<Outcome>> outcomes = send("1", "2", "3", "4", "5");

        assertCounts(relay, 5, 2, 0, 3);
        lanes.runAll();
        assertThat(out.sentTexts()).containsExactly("1", "2", "3");
        assertThat(outcomes.get(2)).isCompletedWithValue(Outcome.delivered());
        assertThat(outcomes.get(3)).isCompletedWithValue(OVERFLOW);
        assertThat(outcomes.get(4)).isCompletedWithValue(OVERFLOW);
        assertCounts(relay, 5, 2, 3, 0);
    }

    @Test
    void unansweredMessagesTakeUpRoom() {
        relays.expectWarnings();
        out.thatHolds();
        Relay relay = start(Route.from(in).queue(3, Overflow.DROP_NEWEST));
        send("1", "2", "3");
        lanes.runAll();

        send("4");
        assertCounts(relay, 4, 1, 3, 0);
        assertThat(relay.ledger().leg("route", "out").inFlight()).isEqualTo(3);

        out.link().acknowledge(1, Outcome.delivered());
        send("5", "6");
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("1", "2", "3", "5");
        assertCounts(relay, 6, 2, 4, 0);
        assertThat(relay.ledger().leg("route", "out").inFlight()).isEqualTo(3);
        assertThat(relay.ledger().leg("route", "out").delivered()).isEqualTo(1);
    }

    @Test
    void dropOldestGivesUpTheNewOneWhenNothingWaits() {
        relays.expectWarnings();
        out.thatHolds();
        Relay relay = start(Route.from(in).queue(2, Overflow.DROP_OLDEST));
        send("1", "2");
        lanes.runAll();

        List<CompletableFuture<Outcome>> third = send("3");

        assertThat(third.get(0)).isCompletedWithValue(OVERFLOW);
        assertCounts(relay, 3, 1, 2, 0);
    }

    @Test
    void bytesBoundWhatWaits() {
        relays.expectWarnings();
        Relay relay = start(Route.from(in).queue(100, Overflow.DROP_NEWEST).queueBytes(10));

        send("aaaa", "bbbb", "cccc", "dd");

        lanes.runAll();
        assertThat(out.sentTexts()).containsExactly("aaaa", "bbbb", "dd");
        assertCounts(relay, 4, 1, 3, 0);
    }

    @Test
    void bytesBoundWhatIsUnanswered() {
        relays.expectWarnings();
        out.thatHolds();
        Relay relay = start(Route.from(in).queue(100, Overflow.DROP_NEWEST).queueBytes(10));
        send("aaaa", "bbbb");
        lanes.runAll();

        send("cccc");
        out.link().acknowledge(0, Outcome.delivered());
        send("dddd");
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("aaaa", "bbbb", "dddd");
        assertCounts(relay, 4, 1, 3, 0);
    }

    @Test
    void asManyOfTheOldestGoAsTheNewOneNeedsBytes() {
        relays.expectWarnings();
        Relay relay = start(Route.from(in).queue(100, Overflow.DROP_OLDEST).queueBytes(10));

        send("aaa", "bbb", "ccc", "ddddd");

        lanes.runAll();
        assertThat(out.sentTexts()).containsExactly("ccc", "ddddd");
        assertCounts(relay, 4, 2, 2, 0);
    }

    @Test
    void messageLargerThanAllTheRoomIsTakenWhenItIsTheOnlyOne() {
        relays.expectWarnings();
        Relay relay = start(Route.from(in).queue(100, Overflow.DROP_NEWEST).queueBytes(10));

        send("larger than ten bytes", "b");
        lanes.runAll();
        send("c");
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("larger than ten bytes", "c");
        assertCounts(relay, 3, 1, 2, 0);
    }

    @Test
    void firstDropIsToldAtOnceAndTheRestOnceASecond() {
        start(Route.from(in).queue(1, Overflow.DROP_NEWEST));

        send("1", "2", "3", "4", "5");

        assertThat(relays.warnings()).containsExactly("relay 'r', 'route': a message dropped: OVERFLOW");
        List<RelayEvent.MessagesDropped> events = relays.awaitEvents(2, RelayEvent.MessagesDropped.class);
        assertThat(events)
                .containsExactly(
                        new RelayEvent.MessagesDropped("route", DropReason.OVERFLOW, 1),
                        new RelayEvent.MessagesDropped("route", DropReason.OVERFLOW, 3));
        assertThat(relays.warnings()).containsExactly("relay 'r', 'route': 3 messages dropped: OVERFLOW");
        lanes.runAll();
    }

    @Test
    void targetWithoutALinkDropsAtOnce() {
        relays.expectWarnings();
        TestEndpoint down = TestEndpoint.named("down").opening(TestEndpoint.Opening.fails("down: no"));
        Relay relay = relays.start(relays.builder(Route.from(in).name("route").to(down))
                .executor(lanes)
                .optional(down)
                .backoff(Backoff.fullJitter(java.time.Duration.ofHours(1), java.time.Duration.ofHours(1))));

        List<CompletableFuture<Outcome>> outcome = send("1");
        lanes.runAll();

        assertThat(outcome.get(0)).isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
        Ledger.LegCount leg = relay.ledger().leg("route", "down");
        assertThat(leg.offered()).isEqualTo(1);
        assertThat(leg.dropped()).isEqualTo(Map.of(DropReason.NOT_WRITABLE, 1L));
    }

    @Test
    void messageForWhichNoDropWouldMakeRoomCostsNoOther() {
        relays.expectWarnings();
        out.thatHolds();
        Relay relay = start(Route.from(in).queue(100, Overflow.DROP_OLDEST).queueBytes(10));
        send("aa");
        lanes.runAll();
        send("bb", "cc");

        List<CompletableFuture<Outcome>> large = send("larger than ten bytes");

        assertThat(large.get(0)).isCompletedWithValue(OVERFLOW);
        assertCounts(relay, 4, 1, 1, 2);
        lanes.runAll();
        assertThat(out.sentTexts()).containsExactly("aa", "bb", "cc");
    }

    @Test
    void whatWaitsIsDroppedWhenTheRelayCloses() {
        relays.expectWarnings();
        Relay relay = start(Route.from(in).queue(3, Overflow.DROP_OLDEST));
        List<CompletableFuture<Outcome>> outcomes = send("1", "2");

        relay.close();

        assertThat(outcomes).allMatch(outcome -> outcome.getNow(null).equals(Outcome.dropped(DropReason.CLOSED)));
        assertThat(relay.ledger().route("route").dropped()).isEqualTo(Map.of(DropReason.CLOSED, 2L));
        assertThat(lanes.runAll()).isEqualTo(1);
        assertThat(out.sentTexts()).isEmpty();
    }

    @Test
    void whatComesInAfterTheCloseWakesNoLane() {
        TestEndpoint source = TestEndpoint.named("source");
        Relay relay = relays.start(
                lanes, Route.from(source).name("route").filter(message -> true).to(out));
        relay.close();

        TestLink.Received late = source.receive("late");

        assertThat(late.now()).isEqualTo(Outcome.dropped(DropReason.CLOSED));
        assertThat(late.ready()).isCompleted();
        assertThat(lanes.waiting()).isZero();
        relays.expectWarnings();
    }
}
