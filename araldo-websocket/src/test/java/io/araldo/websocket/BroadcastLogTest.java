package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Outcome;
import io.araldo.Payload;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all sessions of a path share: what is kept of it, for whom, and when it is answered. */
class BroadcastLogTest {
    /** What the log counts beside the payload of a message of one byte: the header, and the entry. */
    private static final int OVERHEAD = 66;

    private final OutboundBudget budget = new OutboundBudget(1 << 20);
    private final BroadcastLog log = log(4, 1 << 20);
    private final List<Outcome> outcomes = new ArrayList<>();

    private BroadcastLog log(int messages, long bytes) {
        return new BroadcastLog(new LogLimits(messages, bytes, SlowSession.DROP_OLDEST), budget);
    }

    private static Cursor join(BroadcastLog log) {
        return log.join(new SessionTally());
    }

    private void send(BroadcastLog to, String text, Cursor excluded) {
        to.append(Frame.message(Payload.text(text)), excluded, outcomes::add).tell();
        to.publish();
    }

    private void send(String... texts) {
        for (String text : texts) {
            send(log, text, null);
        }
    }

    private static ByteBuffer buffer(Backlog.Load load) {
        List<ByteBuffer> buffers = new ArrayList<>();
        load.addTo(buffers);
        assertThat(buffers).hasSize(1);
        return buffers.get(0);
    }

    /** What is written to one is seen in the other. */
    private static void assertShared(ByteBuffer one, ByteBuffer other) {
        assertThat(one).isNotSameAs(other);
        byte was = one.get(0);
        one.put(0, (byte) 0);
        assertThat(other.get(0)).isZero();
        one.put(0, was);
    }

    // ---- sharing

    @Test
    void aMessageIsFramedOnceForAll() {
        Cursor first = join(log);
        Cursor second = join(log);
        Frame frame = Frame.message(Payload.text("a"));
        log.append(frame, null, outcomes::add).tell();
        log.publish();
        assertShared(buffer(first.next()), frame.view());
        assertShared(buffer(second.next()), frame.view());
    }

    @Test
    void sessionsAtTheSameCursorShareOneBuffer() {
        Cursor first = join(log);
        Cursor second = join(log);
        send("a", "b");
        ByteBuffer one = buffer(first.next());
        ByteBuffer other = buffer(second.next());
        assertShared(one, other);
        assertThat(SentFrames.texts(one)).containsExactly("a", "b");
        assertThat(SentFrames.texts(other)).containsExactly("a", "b");
    }

    @Test
    void whatIsPublishedLaterIsNotHiddenByWhatWasShared() {
        Cursor first = join(log);
        Cursor second = join(log);
        send("a");
        assertThat(SentFrames.next(first)).containsExactly("a");
        send("b");
        assertThat(SentFrames.next(second)).containsExactly("a", "b");
    }

    @Test
    void aSenderGetsItsOwnSliceWithoutItsMessage() {
        Cursor sender = join(log);
        Cursor other = join(log);
        send("a");
        send(log, "mine", sender);
        send("b");
        assertThat(SentFrames.next(other)).containsExactly("a", "mine", "b");
        assertThat(SentFrames.next(sender)).containsExactly("a", "b");
        assertThat(sender.count().excluded()).isEqualTo(1);
    }

    /** Otherwise one that takes nothing would have the log fill up behind the one message that nobody else may get. */
    @Test
    void whatIsDueToAStuckSessionAloneHoldsNobodyUp() {
        Cursor sender = join(log);
        Cursor stuck = join(log);
        send(log, "for the stuck one", sender);
        for (int i = 0; i < 6; i++) {
            send("" + i);
            sender.next().written();
        }
        assertThat(stuck.isOverrun()).isTrue();
        assertThat(outcomes)
                .containsOnlyOnce(Outcome.dropped(DropReason.SLOW_SESSION))
                .hasSize(7);
        assertThat(SentFrames.next(stuck)).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void oneWriteCarries64KiB() {
        BroadcastLog large = log(100, 1 << 20);
        Cursor cursor = join(large);
        String text = "x".repeat(BroadcastLog.SLICE_BYTES / 4 - 4);
        for (int i = 0; i < 5; i++) {
            send(large, text, null);
        }
        assertThat(SentFrames.next(cursor)).hasSize(4);
        assertThat(SentFrames.next(cursor)).hasSize(1);
    }

    @Test
    void aMessageOfMoreThan64KiBGoesOutAlone() {
        Cursor cursor = join(log);
        send("a", "x".repeat(70_000), "b");
        assertThat(SentFrames.next(cursor)).containsExactly("a");
        assertThat(SentFrames.next(cursor)).containsExactly("x".repeat(70_000));
        assertThat(SentFrames.next(cursor)).containsExactly("b");
    }

    // ---- answers

    @Test
    void aMessageIsAnsweredWhenTheFastestHasItAndNotAgain() {
        Cursor fast = join(log);
        Cursor slow = join(log);
        send("a");
        assertThat(outcomes).isEmpty();
        SentFrames.next(fast);
        assertThat(outcomes).containsExactly(Outcome.delivered());
        SentFrames.next(slow);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void aMessageForNobodyIsDeliveredAtOnceAndNotKept() {
        send("a");
        Cursor only = join(log);
        send(log, "b", only);
        assertThat(outcomes).containsExactly(Outcome.delivered(), Outcome.delivered());
        assertThat(budget.used()).isZero();
    }

    @Test
    void aMessageIsDroppedWhenTheLastWhoWasDueIsGone() {
        Cursor first = join(log);
        Cursor last = join(log);
        send("a");
        first.giveUp(DropReason.NOT_WRITABLE);
        assertThat(outcomes).isEmpty();
        last.giveUp(DropReason.SLOW_SESSION);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.SLOW_SESSION));
        assertThat(budget.used()).isZero();
    }

    @Test
    void theSenderDoesNotKeepItsMessageAlive() {
        Cursor sender = join(log);
        Cursor other = join(log);
        send(log, "a", sender);
        other.giveUp(DropReason.NOT_WRITABLE);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(SentFrames.next(sender)).isEmpty();
    }

    // ---- bounds

    @Test
    void whatNobodyHasIsBoundedInBytesAndRefusedBeyond() {
        BroadcastLog small = log(1, 2 * OVERHEAD + 2);
        join(small);
        send(small, "a", null);
        send(small, "b", null);
        assertThat(outcomes).isEmpty();
        send(small, "c", null);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.OVERFLOW));
    }

    @Test
    void aMessageLargerThanAllLimitsIsTakenWhenNothingWaits() {
        BroadcastLog tiny = new BroadcastLog(new LogLimits(1, 1, SlowSession.DISCONNECT), new OutboundBudget(1));
        Cursor cursor = join(tiny);
        send(tiny, "large", null);
        send(tiny, "refused", null);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.OVERFLOW));
        assertThat(SentFrames.next(cursor)).containsExactly("large");
    }

    @Test
    void twoLogsShareOneBudget() {
        OutboundBudget shared = new OutboundBudget(2 * OVERHEAD + 2);
        LogLimits limits = new LogLimits(100, 1 << 20, SlowSession.DROP_OLDEST);
        BroadcastLog one = new BroadcastLog(limits, shared);
        BroadcastLog other = new BroadcastLog(limits, shared);
        Cursor cursor = join(one);
        join(other);
        send(one, "a", null);
        send(other, "b", null);
        send(other, "c", null);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.OVERFLOW));
        SentFrames.next(cursor);
        one.release();
        send(other, "d", null);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.OVERFLOW), Outcome.delivered());
    }

    @Test
    void theBudgetIsKeptAtTheExpenseOfTheSlow() {
        OutboundBudget two = new OutboundBudget(2 * OVERHEAD + 2);
        BroadcastLog tight = new BroadcastLog(new LogLimits(100, 1 << 20, SlowSession.DROP_OLDEST), two);
        Cursor fast = join(tight);
        Cursor slow = join(tight);
        for (String text : List.of("a", "b", "c")) {
            send(tight, text, null);
            assertThat(SentFrames.next(fast)).containsExactly(text);
        }
        assertThat(SentFrames.next(slow)).containsExactly("b", "c");
        assertThat(slow.count().skipped()).containsOnlyKeys(DropReason.SLOW_SESSION);
    }

    @Test
    void theRingGrowsAndShrinksAndKeepsItsOrder() {
        BroadcastLog large = log(100_000, 1 << 20);
        Cursor cursor = join(large);
        for (int round = 0; round < 3; round++) {
            List<String> sent = IntStream.range(0, 3_000 + round)
                    .mapToObj(Integer::toString)
                    .toList();
            sent.forEach(text -> send(large, text, null));
            List<String> got = new ArrayList<>();
            for (List<String> part = SentFrames.next(cursor); !part.isEmpty(); part = SentFrames.next(cursor)) {
                got.addAll(part);
            }
            assertThat(got).isEqualTo(sent);
            large.release();
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void aClosedSessionDoesNotHoldWhatIsNotForIt() {
        Cursor closed = join(log);
        Cursor open = join(log);
        closed.seal();
        send("a");
        SentFrames.next(open);
        log.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatIsReleasedIsForgotten() {
        Cursor cursor = join(log);
        Frame frame = Frame.message(Payload.text("a"));
        WeakReference<byte[]> bytes = new WeakReference<>(frame.view().array());
        log.append(frame, null, outcomes::add).tell();
        frame = null;
        log.publish();
        SentFrames.next(cursor);
        log.release();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(bytes.get()).isNull();
        });
        assertThat(SentFrames.next(cursor)).isEmpty();
    }
}
