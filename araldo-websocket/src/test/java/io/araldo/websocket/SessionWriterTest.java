package io.araldo.websocket;

import static io.araldo.websocket.SessionWriter.Offer.CLOSED;
import static io.araldo.websocket.SessionWriter.Offer.FULL;
import static io.araldo.websocket.SessionWriter.Offer.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.DropReason;
import io.araldo.Outcome;
import io.araldo.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way out of one session, step by step. */
class SessionWriterTest {
    private static final CloseCode BYE = new CloseCode(1001, "bye");

    private final ScriptedWire wire = new ScriptedWire();
    private final SessionWriter writer = new SessionWriter(wire, 3, 100);
    private final List<Outcome> outcomes = new ArrayList<>();

    private SessionWriter.Offer offer(String text) {
        Delivery delivery = new Delivery(outcomes::add);
        delivery.due();
        SessionWriter.Offer offer = writer.offer(Frame.message(Payload.text(text)), delivery);
        if (offer == TAKEN) {
            delivery.offered();
        }
        return offer;
    }

    @Test
    void nothingIsWrittenBeforeFlush() {
        offer("a");
        assertThat(wire.writes).isEmpty();
        writer.flush();
        assertThat(wire.writes).containsExactly(List.of("1:a"));
    }

    @Test
    void whatGathersDuringAWriteGoesOutInOne() {
        offer("a");
        writer.flush();
        offer("b");
        writer.flush();
        offer("c");
        writer.flush();
        assertThat(wire.writes).hasSize(1);
        wire.complete();
        assertThat(wire.writes).containsExactly(List.of("1:a"), List.of("1:b", "1:c"));
    }

    @Test
    void aMessageIsDeliveredWhenItIsWritten() {
        offer("a");
        writer.flush();
        assertThat(outcomes).isEmpty();
        wire.complete();
        assertThat(outcomes).containsExactly(Outcome.delivered());
    }

    @Test
    void writesThatAreDoneAtOnceDoNotRecurse() {
        wire.completesAtOnce();
        int[] left = {50_000};
        List<Delivery> next = new ArrayList<>();
        Frame frame = Frame.message(Payload.text("x"));
        next.add(endless(left, next, frame));
        writer.offer(frame, next.get(0));
        writer.flush();
        assertThat(wire.writes).hasSize(50_000);
    }

    /** Each message that is written offers the next. */
    private Delivery endless(int[] left, List<Delivery> next, Frame frame) {
        return new Delivery(outcome -> {
            if (--left[0] > 0) {
                next.set(0, endless(left, next, frame));
                writer.offer(frame, next.get(0));
            }
        });
    }

    @Test
    void theNumberOfMessagesIsBoundedCountingThoseInFlight() {
        offer("a");
        writer.flush();
        assertThat(List.of(offer("b"), offer("c"), offer("d"))).containsExactly(TAKEN, TAKEN, FULL);
        wire.complete();
        assertThat(offer("d")).isEqualTo(TAKEN);
    }

    @Test
    void theNumberOfBytesIsBounded() {
        assertThat(List.of(offer("x".repeat(60)), offer("x".repeat(60)))).containsExactly(TAKEN, FULL);
        assertThat(offer("x".repeat(30))).isEqualTo(TAKEN);
    }

    @Test
    void aSingleMessageIsTakenWhateverItsSize() {
        assertThat(List.of(offer("x".repeat(1_000)), offer("y"))).containsExactly(TAKEN, FULL);
    }

    @Test
    void controlFramesGoOutWithoutFlushAndAheadOfMessages() {
        offer("a");
        writer.control(Frame.ping());
        assertThat(wire.writes).containsExactly(List.of("9:", "1:a"));
    }

    @Test
    void aFloodOfControlFramesThatAreNotReadTerminatesTheConnection() {
        writer.control(Frame.ping());
        for (int i = 0; i < (1 << 15); i++) {
            writer.control(Frame.ping());
            assertThat(wire.ends).isEmpty();
        }
        writer.control(Frame.ping());
        assertThat(wire.ends).containsExactly("terminate");
    }

    @Test
    void closeFollowsWhatHasGatheredAndNothingFollowsIt() {
        offer("a");
        writer.flush();
        offer("b");
        writer.close(BYE);
        assertThat(offer("c")).isEqualTo(CLOSED);
        writer.control(Frame.ping());
        wire.complete();
        writer.flush();
        assertThat(wire.writes).containsExactly(List.of("1:a"), List.of("1:b", "8:bye"));
    }

    @Test
    void closeNowGivesUpWhatHasGathered() {
        offer("a");
        writer.flush();
        offer("b");
        offer("c");
        assertThat(writer.closeNow(Frame.close(BYE), DropReason.SLOW_SESSION)).isEqualTo(2);
        assertThat(outcomes)
                .containsExactly(Outcome.dropped(DropReason.SLOW_SESSION), Outcome.dropped(DropReason.SLOW_SESSION));
        wire.complete();
        assertThat(wire.writes).containsExactly(List.of("1:a"), List.of("8:bye"));
    }

    @Test
    void onlyTheFirstCloseCounts() {
        writer.close(BYE);
        writer.close(new CloseCode(1000, "again"));
        assertThat(writer.closeNow(Frame.close(new CloseCode(1013, "slow")), DropReason.SLOW_SESSION))
                .isZero();
        wire.complete();
        assertThat(wire.writes).containsExactly(List.of("8:bye"));
    }

    @Test
    void theConnectionIsClosedWhenBothSidesHaveSaidSo() {
        writer.close(BYE);
        wire.complete();
        assertThat(wire.ends).isEmpty();
        writer.peerIsDone();
        assertThat(wire.ends).containsExactly("close");
    }

    @Test
    void theConnectionIsNotClosedBeforeTheCloseFrameIsWritten() {
        writer.peerIsDone();
        offer("a");
        writer.flush();
        writer.closeNow(Frame.close(BYE), DropReason.NOT_WRITABLE);
        wire.complete();
        assertThat(wire.ends).isEmpty();
        wire.complete();
        assertThat(wire.ends).containsExactly("close");
    }

    @Test
    void aFailedWriteLosesItsMessagesAndEndsTheConnection() {
        offer("a");
        writer.flush();
        wire.fail();
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(wire.ends).containsExactly("terminate");
    }

    @Test
    void theEndOfTheConnectionLosesWhatWaits() {
        offer("a");
        writer.end();
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(offer("b")).isEqualTo(CLOSED);
        writer.flush();
        assertThat(wire.writes).isEmpty();
    }
}
