package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Ledger.SessionCount;
import io.araldo.Outcome;
import io.araldo.Payload;
import io.araldo.testing.ThreadLeakExtension;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many threads send, write, join and leave at once, and nobody who stays misses anything. */
@Timeout(60)
@ExtendWith(ThreadLeakExtension.class)
class BroadcastLogStressTest {
    private static final int SENDERS = 3;
    private static final int EACH = 15_000;

    /** Unanswered messages of one sender. */
    private static final int WINDOW = 64;

    private final OutboundBudget budget = new OutboundBudget(1 << 30);
    private final BroadcastLog log = new BroadcastLog(new LogLimits(1 << 20, 1 << 30, SlowSession.DISCONNECT), budget);
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean passing = new AtomicBoolean();
    private final AtomicIntegerArray answers = new AtomicIntegerArray(SENDERS * EACH);
    private final ExecutorService wires = Executors.newFixedThreadPool(2);
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS + 1);

    @AfterEach
    void shutDown() throws InterruptedException {
        senders.shutdownNow();
        wires.shutdown();
        assertThat(senders.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(wires.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A session, and its wire. */
    private final class Reader implements Wire {
        final Cursor cursor = log.join(new SessionTally());
        final SessionWriter writer = new SessionWriter(this, cursor);
        final boolean isQuick;

        /** Of one write at a time. */
        final List<String> texts = new ArrayList<>();

        Reader(boolean isQuick) {
            this.isQuick = isQuick;
        }

        @Override
        public void write(List<ByteBuffer> buffers, Consumer<Throwable> done) {
            Runnable write = () -> {
                buffers.forEach(buffer -> texts.addAll(SentFrames.texts(buffer)));
                done.accept(null);
            };
            if (isQuick) {
                write.run();
            } else {
                wires.execute(write);
            }
        }

        @Override
        public long unwritten() {
            return 0;
        }

        @Override
        public void retry() {}

        @Override
        public void close() {}

        @Override
        public void terminate() {}
    }

    private Reader join(boolean isQuick) {
        Reader reader = new Reader(isQuick);
        readers.add(reader);
        reader.writer.flush();
        return reader;
    }

    private void leave(Reader reader) {
        readers.remove(reader);
        reader.writer.end();
    }

    /** As a room does. */
    private void flush() {
        while (log.hasUnpublished() && passing.compareAndSet(false, true)) {
            if (log.publish()) {
                readers.forEach(reader -> reader.writer.flush());
                log.release();
            }
            passing.set(false);
        }
    }

    /** Sends at the pace of the answers, to all but one. */
    private void send(int sender, Cursor excluded) {
        Semaphore window = new Semaphore(WINDOW);
        for (int i = 0; i < EACH; i++) {
            window.acquireUninterruptibly();
            int id = sender * EACH + i;
            log.append(Frame.message(Payload.text(sender + ":" + i)), excluded, once(id, window))
                    .tell();
            flush();
        }
    }

    private Acknowledgement once(int id, Semaphore window) {
        return outcome -> {
            answers.addAndGet(id, outcome.equals(Outcome.delivered()) ? 1 : 1_000);
            window.release();
        };
    }

    /** Three at a time. */
    private List<Reader> comeAndGo(Future<?> until) {
        List<Reader> all = new ArrayList<>();
        Random random = new Random(1);
        while (!until.isDone() && all.size() < 20_000) {
            all.add(join(random.nextBoolean()));
            if (all.size() > 2) {
                go(all.get(all.size() - 3), random.nextInt(3));
            }
        }
        all.subList(Math.max(0, all.size() - 2), all.size()).forEach(this::leave);
        return all;
    }

    private void go(Reader reader, int way) {
        if (way == 0) {
            reader.writer.close(Frame.close(CloseCode.GOING_AWAY));
        } else if (way == 1) {
            reader.writer.closeNow(Frame.close(CloseCode.GOING_AWAY), DropReason.SLOW_SESSION);
        }
        leave(reader);
    }

    @Test
    void whoStaysGetsAllOnceAndInOneOrder() throws Exception {
        List<Reader> stay = List.of(join(true), join(false), join(false), join(false));
        List<Future<?>> sending = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            sending.add(senders.submit(() -> send(sender, stay.get(sender).cursor)));
        }
        List<Reader> gone = senders.submit(() -> comeAndGo(sending.get(0))).get();
        for (Future<?> one : sending) {
            one.get();
        }
        for (Reader reader : stay) {
            await().untilAsserted(
                            () -> assertThat(reader.cursor.count().pending()).isZero());
        }
        stay.forEach(this::leave);
        assertOneOrder(stay);
        assertAccounted(stay);
        await().untilAsserted(() -> assertAccounted(gone));
        for (int id = 0; id < answers.length(); id++) {
            assertThat(answers.get(id)).as("answers to " + id).isEqualTo(1);
        }
        assertThat(budget.used()).isZero();
    }

    /** The last has sent nothing, and so has all. */
    private static void assertOneOrder(List<Reader> stay) {
        List<String> all = stay.get(SENDERS).texts;
        assertThat(all).hasSize(SENDERS * EACH).doesNotHaveDuplicates();
        for (int i = 0; i < SENDERS; i++) {
            String prefix = i + ":";
            assertThat(stay.get(i).texts)
                    .isEqualTo(all.stream()
                            .filter(text -> !text.startsWith(prefix))
                            .toList());
        }
    }

    private static void assertAccounted(List<Reader> readers) {
        for (Reader reader : readers) {
            SessionCount count = reader.cursor.count();
            count.assertConserved();
            assertThat(count.pending()).isZero();
        }
    }
}
