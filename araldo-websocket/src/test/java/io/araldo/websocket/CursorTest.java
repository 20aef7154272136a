package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Ledger.SessionCount;
import io.araldo.Outcome;
import io.araldo.Payload;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How one session reads the log, its own messages among it, and what becomes of them. */
class CursorTest {
    private static final int LIMIT = 3;

    private final SessionTally tally = new SessionTally();
    private final List<Cursor> cursors = new ArrayList<>();
    private final OutboundBudget budget = new OutboundBudget(1 << 20);
    private final List<Outcome> outcomes = new ArrayList<>();
    private BroadcastLog log = log(SlowSession.DROP_OLDEST);
    private Cursor fast = join();
    private Cursor cursor = join();

    private static BroadcastLog log(SlowSession policy) {
        return new BroadcastLog(new LogLimits(LIMIT, 1 << 20, policy), new OutboundBudget(1 << 20));
    }

    private Cursor join() {
        cursors.add(log.join(tally));
        return cursors.get(cursors.size() - 1);
    }

    private void slowOnesAreDisconnected() {
        log = log(SlowSession.DISCONNECT);
        fast = join();
        cursor = join();
    }

    @AfterEach
    void everyCountIsConserved() {
        cursors.forEach(each -> each.count().assertConserved());
    }

    private void append(String text) {
        log.append(Frame.message(Payload.text(text)), null, Acknowledgement.ignored())
                .tell();
    }

    /** To all; the fast one has each at once. */
    private void send(String... texts) {
        for (String text : texts) {
            append(text);
            log.publish();
            SentFrames.next(fast);
        }
    }

    private Cursor.Offer offer(String text) {
        Frame frame = Frame.message(Payload.text(text));
        return cursor.offer(frame, new DirectMessage(outcomes::add, budget.hold(frame, 1)));
    }

    // ---- order

    @Test
    void whatIsNotPublishedIsNotReadYet() {
        append("a");
        assertThat(SentFrames.next(cursor)).isEmpty();
        log.publish();
        assertThat(SentFrames.next(cursor)).containsExactly("a");
    }

    @Test
    void aMessageForOneStandsWhereItWasSent() {
        send("a");
        offer("own");
        offer("own too");
        send("b");
        assertThat(SentFrames.next(cursor)).containsExactly("a");
        assertThat(SentFrames.next(cursor)).containsExactly("own", "own too");
        assertThat(SentFrames.next(cursor)).containsExactly("b");
        assertThat(outcomes).containsExactly(Outcome.delivered(), Outcome.delivered());
    }

    @Test
    void aWriteThatIsDoneTellsWhetherMoreWaits() {
        send("a");
        Backlog.Load first = cursor.next();
        send("b");
        assertThat(first.written()).isTrue();
        Backlog.Load second = cursor.next();
        offer("own");
        assertThat(second.written()).isTrue();
        Backlog.Load own = cursor.next();
        append("not published");
        assertThat(own.written()).isFalse();
        log.publish();
        Backlog.Load fourth = cursor.next();
        append("not published, and due before the end");
        cursor.seal();
        assertThat(fourth.written()).isTrue();
        assertThat(cursor.next().written()).isFalse();
    }

    @Test
    void whoJoinsLaterGetsWhatIsLater() {
        send("a");
        append("b");
        Cursor late = join();
        send("c");
        assertThat(SentFrames.next(late)).containsExactly("c");
        assertThat(late.count().offered()).isEqualTo(1);
    }

    // ---- slow

    @Test
    void aSlowOneSkipsWhatIsGone() {
        send("a", "b", "c", "d", "e");
        assertThat(cursor.isOverrun()).isTrue();
        assertThat(SentFrames.next(cursor)).containsExactly("b", "c", "d", "e");
        assertThat(cursor.count()).isEqualTo(new SessionCount(5, 4, 0, Map.of(DropReason.SLOW_SESSION, 1L), 0));
        assertThat(tally.takeMissed()).isEqualTo(1);
    }

    @Test
    void whatIsGoneIsSkippedThoughItIsStillWriting() {
        send("a");
        Backlog.Load load = cursor.next();
        send("b", "c", "d", "e", "f");
        SessionCount counted = new SessionCount(6, 0, 0, Map.of(DropReason.SLOW_SESSION, 1L), 5);
        assertThat(cursor.count()).isEqualTo(counted);
        assertThat(tally.takeMissed()).isZero();

        assertThat(cursor.catchUp()).isTrue();

        assertThat(cursor.isOverrun()).isFalse();
        assertThat(cursor.count()).isEqualTo(counted);
        assertThat(tally.takeMissed()).isEqualTo(1);
        load.written();
        assertThat(SentFrames.next(cursor)).containsExactly("c", "d", "e", "f");
        assertThat(cursor.count()).isEqualTo(new SessionCount(6, 5, 0, Map.of(DropReason.SLOW_SESSION, 1L), 0));
    }

    @Test
    void whatWasGoneStaysSkippedForThatWhenItGivesUp() {
        send("a", "b", "c", "d", "e");
        cursor.giveUp(DropReason.NOT_WRITABLE);
        assertThat(cursor.count().skipped())
                .isEqualTo(Map.of(DropReason.SLOW_SESSION, 1L, DropReason.NOT_WRITABLE, 4L));
    }

    @Test
    void aSlowOneThatIsToBeDisconnectedGetsNothingMore() {
        slowOnesAreDisconnected();
        send("a", "b", "c", "d", "e");
        assertThat(cursor.catchUp()).isFalse();
        assertThat(cursor.isOverrun()).isTrue();
        assertThat(SentFrames.next(cursor)).isEmpty();
        assertThat(offer("own")).isEqualTo(Cursor.Offer.FULL);
        cursor.giveUp(DropReason.SLOW_SESSION);
        assertThat(cursor.count().skipped()).isEqualTo(Map.of(DropReason.SLOW_SESSION, 6L));
    }

    @Test
    void asFarBehindAsAllowedIsNotSlow() {
        slowOnesAreDisconnected();
        send("a", "b", "c", "d");
        assertThat(cursor.isOverrun()).isFalse();
        assertThat(SentFrames.next(cursor)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void messagesForOneCountAgainstTheSameLimit() {
        slowOnesAreDisconnected();
        send("a", "b");
        assertThat(offer("own")).isEqualTo(Cursor.Offer.TAKEN);
        assertThat(offer("one too many")).isEqualTo(Cursor.Offer.FULL);
        assertThat(cursor.count().skipped()).isEqualTo(Map.of(DropReason.SLOW_SESSION, 1L));
    }

    @Test
    void theOldestForOneMakesRoomForTheNewest() {
        send("a");
        offer("first");
        offer("second");
        assertThat(offer("third")).isEqualTo(Cursor.Offer.TAKEN);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.SLOW_SESSION));
        assertThat(SentFrames.next(cursor)).containsExactly("a");
        assertThat(SentFrames.next(cursor)).containsExactly("second", "third");
    }

    @Test
    void noneForOneIsDroppedWhereThatMakesNoRoom() {
        offer("own");
        send("a", "b", "c");
        assertThat(offer("refused")).isEqualTo(Cursor.Offer.FULL);
        assertThat(outcomes).isEmpty();
        assertThat(SentFrames.next(cursor)).containsExactly("own");
    }

    @Test
    void whatIsGoneDoesNotCountAgainstTheLimit() {
        log = new BroadcastLog(new LogLimits(4, 1_000, SlowSession.DROP_OLDEST), new OutboundBudget(1 << 20));
        fast = join();
        cursor = join();
        String large = "x".repeat(700);
        send(large, large, large, large, large, "a");
        assertThat(offer("own")).isEqualTo(Cursor.Offer.TAKEN);
        assertThat(SentFrames.next(cursor)).containsExactly(large, "a");
        assertThat(SentFrames.next(cursor)).containsExactly("own");
    }

    // ---- the end

    @Test
    void aSealedOneGetsWhatWasThereAndTheOthersWaitForTheirPass() {
        Cursor other = join();
        append("a");
        cursor.seal();
        append("b");
        assertThat(offer("own")).isEqualTo(Cursor.Offer.CLOSED);
        assertThat(SentFrames.next(cursor)).containsExactly("a");
        assertThat(SentFrames.next(other)).isEmpty();
        assertThat(log.publish()).isTrue();
        assertThat(SentFrames.next(cursor)).isEmpty();
        assertThat(SentFrames.next(other)).containsExactly("a", "b");
    }

    @Test
    void whatWaitsIsLostWhenItGivesUp() {
        append("a");
        offer("own");
        cursor.giveUp(DropReason.NOT_WRITABLE);
        cursor.giveUp(DropReason.SLOW_SESSION);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(cursor.count()).isEqualTo(new SessionCount(2, 0, 0, Map.of(DropReason.NOT_WRITABLE, 2L), 0));
    }

    @Test
    void whatIsBeingWrittenMayStillArriveAfterItGaveUp() {
        offer("own");
        Backlog.Load load = cursor.next();
        cursor.giveUp(DropReason.SLOW_SESSION);
        assertThat(outcomes).isEmpty();
        assertThat(cursor.count().pending()).isEqualTo(1);
        load.written();
        assertThat(outcomes).containsExactly(Outcome.delivered());
        assertThat(cursor.count()).isEqualTo(new SessionCount(1, 1, 0, Map.of(), 0));
    }

    @Test
    void anInterruptedWriteIsSkipped() {
        offer("own");
        cursor.next().interrupted();
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(cursor.count()).isEqualTo(new SessionCount(1, 0, 0, Map.of(DropReason.NOT_WRITABLE, 1L), 0));
    }

    @Test
    void whoeverGaveUpIsForgottenWhenItsLastWriteEnds() {
        WeakReference<Cursor> written = gaveUpDuringAWrite(Backlog.Load::written);
        WeakReference<Cursor> interrupted = gaveUpDuringAWrite(Backlog.Load::interrupted);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(written.get()).isNull();
            assertThat(interrupted.get()).isNull();
        });
    }

    private WeakReference<Cursor> gaveUpDuringAWrite(Consumer<Backlog.Load> end) {
        Cursor leaving = log.join(tally);
        send("a");
        Backlog.Load load = leaving.next();
        leaving.giveUp(DropReason.NOT_WRITABLE);
        end.accept(load);
        return new WeakReference<>(leaving);
    }
}
