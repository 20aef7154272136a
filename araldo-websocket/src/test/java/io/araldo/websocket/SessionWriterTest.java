package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Outcome;
import io.araldo.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way out of one connection, step by step. */
class SessionWriterTest {
    private static final CloseCode BYE = new CloseCode(1001, "bye");

    private final ScriptedWire wire = new ScriptedWire();
    private final FrameQueue queue = new FrameQueue();
    private final SessionWriter writer = new SessionWriter(wire, queue);
    private final OutboundBudget budget = new OutboundBudget(1 << 20);
    private final List<Outcome> outcomes = new ArrayList<>();

    private boolean offer(String text) {
        return offer(text, outcomes::add);
    }

    private boolean offer(String text, Acknowledgement acknowledgement) {
        Frame frame = Frame.message(Payload.text(text));
        return queue.offer(frame, new DirectMessage(acknowledgement, budget.hold(frame, 1)));
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
        endless(left);
        writer.flush();
        assertThat(wire.writes).hasSize(50_000);
    }

    /** Each message that is written offers the next. */
    private void endless(int[] left) {
        offer("x", outcome -> {
            if (--left[0] > 0) {
                endless(left);
            }
        });
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
    void aMessageThatComesWhileAPingIsWrittenFollowsIt() {
        writer.control(Frame.ping());
        offer("a");
        writer.flush();
        wire.complete();
        assertThat(wire.writes).containsExactly(List.of("9:"), List.of("1:a"));
    }

    @Test
    void aPingThatComesWhileAMessageIsWrittenFollowsIt() {
        offer("a");
        writer.flush();
        writer.control(Frame.ping());
        wire.complete();
        assertThat(wire.writes).containsExactly(List.of("1:a"), List.of("9:"));
    }

    @Test
    void aCloseThatComesWhileTheLastMessageIsWrittenFollowsIt() {
        offer("a");
        writer.flush();
        writer.close(Frame.close(BYE));
        wire.complete();
        assertThat(wire.writes).containsExactly(List.of("1:a"), List.of("8:bye"));
    }

    @Test
    void closeFollowsWhatHasGatheredAndNothingFollowsIt() {
        offer("a");
        writer.flush();
        offer("b");
        writer.close(Frame.close(BYE));
        assertThat(offer("c")).isFalse();
        writer.control(Frame.ping());
        wire.complete();
        wire.complete();
        writer.flush();
        assertThat(wire.writes).containsExactly(List.of("1:a"), List.of("1:b"), List.of("8:bye"));
    }

    @Test
    void closeNowGivesUpWhatHasGathered() {
        offer("a");
        writer.flush();
        offer("b");
        offer("c");
        writer.closeNow(Frame.close(BYE), DropReason.SLOW_SESSION);
        assertThat(outcomes)
                .containsExactly(Outcome.dropped(DropReason.SLOW_SESSION), Outcome.dropped(DropReason.SLOW_SESSION));
        wire.complete();
        assertThat(wire.writes).containsExactly(List.of("1:a"), List.of("8:bye"));
    }

    @Test
    void onlyTheFirstCloseCounts() {
        writer.close(Frame.close(BYE));
        writer.close(Frame.close(new CloseCode(1000, "again")));
        writer.closeNow(Frame.close(new CloseCode(1013, "slow")), DropReason.SLOW_SESSION);
        wire.complete();
        assertThat(wire.writes).containsExactly(List.of("8:bye"));
    }

    @Test
    void theConnectionIsClosedWhenBothSidesHaveSaidSo() {
        writer.close(Frame.close(BYE));
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
    void nothingIsWrittenAfterAWriteThatFailed() {
        offer("a");
        writer.flush();
        offer("b");
        wire.fail();
        writer.flush();
        assertThat(wire.writes).containsExactly(List.of("1:a"));
        writer.end();
        assertThat(outcomes).hasSize(2);
    }

    @Test
    void aWriteThatDoesNotEndIsStalled() {
        assertThat(writer.isStalledSince(System.nanoTime())).isFalse();
        long before = System.nanoTime();
        offer("a");
        writer.flush();
        assertThat(writer.isStalledSince(before - 1)).isFalse();
        assertThat(writer.isStalledSince(System.nanoTime())).isTrue();
        wire.complete();
        assertThat(writer.isStalledSince(System.nanoTime())).isFalse();
    }

    @Test
    void aWriteThatGetsOnIsNotStalled() {
        wire.unwritten = 1_000;
        offer("a");
        writer.flush();
        assertThat(writer.isStalledSince(System.nanoTime())).isFalse();
        long seen = System.nanoTime();
        assertThat(writer.isStalledSince(seen)).isTrue();
        wire.unwritten = 999;
        assertThat(writer.isStalledSince(System.nanoTime() - 1)).isFalse();
        assertThat(writer.isStalledSince(seen)).isFalse();
        assertThat(writer.isStalledSince(System.nanoTime())).isTrue();
    }

    @Test
    void onlyAWriteThatIsUnderWayIsTriedAgain() {
        writer.retry();
        assertThat(wire.retries).isZero();
        offer("a");
        writer.flush();
        writer.retry();
        assertThat(wire.retries).isEqualTo(1);
        wire.complete();
        writer.retry();
        assertThat(wire.retries).isEqualTo(1);
    }

    @Test
    void theEndOfTheConnectionLosesWhatWaits() {
        offer("a");
        writer.end();
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(offer("b")).isFalse();
        writer.flush();
        assertThat(wire.writes).isEmpty();
    }
}
