package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Ledger.SessionCount;
import io.araldo.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link BroadcastLog}, {@link Cursor} and {@link SessionWriter} do step for step what {@link LogModel} does, whatever
 * happens. A failure names its seed; {@code -Daraldo.model.seed=…} runs it again.
 */
class BroadcastLogModelTest {
    private static final long SEED = Long.getLong("araldo.model.seed", 1);
    private static final int STEPS = 9_000;
    private static final int MAX_SESSIONS = 8;

    /** For so many steps the sessions read at one pace. */
    private static final int MOOD = 300;

    record Setting(LogLimits limits, long budget) {}

    static Stream<Setting> settings() {
        return Stream.of(SlowSession.values())
                .flatMap(policy -> Stream.of(
                        new LogLimits(8, 20_000, policy),
                        new LogLimits(100, 300_000, policy),
                        new LogLimits(4_096, 16 << 20, policy)))
                .flatMap(limits -> Stream.of(new Setting(limits, 100_000), new Setting(limits, 64 << 20)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void doesWhatTheModelDoes(Setting setting) {
        Run run = new Run(setting);
        try {
            run.all();
        } catch (AssertionError | RuntimeException e) {
            String where = "araldo.model.seed=" + SEED + ", step " + run.step + ", " + run.action;
            throw new AssertionError(where + ": " + e.getMessage(), e);
        }
    }

    /** A session, real and modelled. Its writes end when they are told to, or at once if it is quick. */
    private static final class Pair implements Wire {
        final Cursor cursor;
        final SessionWriter writer;
        final LogModel.Peer model;
        private final boolean isQuick;
        private final List<LogModel.Write> writes;
        private Consumer<Throwable> inFlight;
        int stalledUntil;
        boolean isEnded;

        Pair(Cursor cursor, LogModel.Peer model, boolean isQuick, List<LogModel.Write> writes) {
            this.cursor = cursor;
            this.writer = new SessionWriter(this, cursor);
            this.model = model;
            this.isQuick = isQuick;
            this.writes = writes;
        }

        @Override
        public void write(List<ByteBuffer> buffers, Consumer<Throwable> done) {
            assertThat(inFlight).as("a write under way").isNull();
            assertThat(isEnded).as("the connection is gone").isFalse();
            ByteBuffer all = ByteBuffer.allocate(
                    buffers.stream().mapToInt(ByteBuffer::remaining).sum());
            buffers.forEach(all::put);
            writes.add(new LogModel.Write(model.id, all.flip()));
            if (isQuick) {
                done.accept(null);
            } else {
                inFlight = done;
            }
        }

        boolean isWriting() {
            return inFlight != null;
        }

        void done(Throwable failure) {
            Consumer<Throwable> done = inFlight;
            inFlight = null;
            done.accept(failure);
        }

        @Override
        public long unwritten() {
            return 0;
        }

        @Override
        public void retry() {}

        @Override
        public void close() {
            throw new AssertionError("nobody has asked for this");
        }

        @Override
        public void terminate() {
            isEnded = true;
            writer.end();
        }
    }

    /** One history. */
    private static final class Run {
        private final Random random;
        private final LogLimits limits;
        private final OutboundBudget budget;
        private final BroadcastLog log;
        private final LogModel model;
        private final SessionTally tally = new SessionTally();
        private final List<LogModel.Peer> everybody = new ArrayList<>();
        private long missed;
        private final List<LogModel.Answer> answers = new ArrayList<>();
        private final List<LogModel.Write> writes = new ArrayList<>();
        private final List<Pair> pairs = new ArrayList<>();
        private final Set<Pair> addressed = new LinkedHashSet<>();
        private int pace;
        private int messages;
        private int sessions;
        private int answered;
        int step;
        String action = "";

        Run(Setting setting) {
            limits = setting.limits();
            random = new Random(SEED + limits.messages() + setting.budget());
            budget = new OutboundBudget(setting.budget());
            log = new BroadcastLog(limits, budget);
            model = new LogModel(limits, setting.budget());
        }

        void all() {
            for (; step < STEPS; step++) {
                if (step % MOOD == 0) {
                    pace = new int[] {5, 40, 120}[random.nextInt(3)];
                }
                act(random.nextInt(100 + pace));
                compare();
            }
            for (Pair pair : List.copyOf(pairs)) {
                end(pair);
                compare();
                finish(pair);
                compare();
            }
            assertThat(pairs).isEmpty();
            assertThat(answered).as("answers").isEqualTo(messages);
            assertThat(budget.used()).as("bytes kept").isZero();
            assertThat(budget.addressed()).as("addressed bytes").isZero();
        }

        private void act(int chance) {
            if (chance < 36) {
                append();
            } else if (chance < 46) {
                any(pair -> !pair.isEnded, this::offer);
            } else if (chance < 66) {
                pass();
            } else if (chance < 70) {
                sweep();
            } else if (chance < 82) {
                join();
            } else if (chance < 84) {
                any(pair -> !pair.isEnded, this::close);
            } else if (chance < 86) {
                any(pair -> !pair.isEnded, pair -> closeNow(pair, DropReason.NOT_WRITABLE));
            } else if (chance < 90) {
                any(pair -> !pair.isEnded && (!pair.writer.isOpen() || random.nextInt(4) == 0), this::end);
            } else if (chance < 91) {
                any(Pair::isWriting, this::fail);
            } else if (chance < 94) {
                any(pair -> true, pair -> pair.stalledUntil = step + random.nextInt(1_000));
            } else {
                any(pair -> pair.isWriting() && pair.stalledUntil <= step, this::complete);
            }
        }

        private void any(Predicate<Pair> filter, Consumer<Pair> consumer) {
            List<Pair> eligible = pairs.stream().filter(filter).toList();
            action = "nothing";
            if (!eligible.isEmpty()) {
                consumer.accept(eligible.get(random.nextInt(eligible.size())));
            }
        }

        private Frame frame() {
            int kind = random.nextInt(100);
            byte[] bytes = new byte[kind == 0 ? 70_000 : kind == 1 ? 40_000 : random.nextInt(301)];
            random.nextBytes(bytes);
            return Frame.message(random.nextBoolean() ? Payload.wrapText(bytes) : Payload.wrapBinary(bytes));
        }

        private Acknowledgement acknowledgement() {
            int id = messages++;
            return outcome -> answers.add(new LogModel.Answer(id, outcome));
        }

        private void append() {
            Pair sender = pairs.isEmpty() || random.nextBoolean() ? null : pairs.get(random.nextInt(pairs.size()));
            Frame frame = frame();
            action = "append " + frame.size() + " bytes" + (sender == null ? "" : " but not for " + sender.model.id);
            model.append(messages, frame, sender == null ? null : sender.model);
            log.append(frame, sender == null ? null : sender.cursor, acknowledgement())
                    .tell();
        }

        private void offer(Pair to) {
            Frame frame = frame();
            action = "offer " + frame.size() + " bytes to " + to.model.id;
            Cursor.Offer expected = model.offer(to.model, messages, frame);
            OutboundBudget.Holding holding = budget.hold(frame, 1);
            Cursor.Offer offer = to.cursor.offer(frame, new DirectMessage(acknowledgement(), holding));
            assertThat(offer).isEqualTo(expected);
            if (offer == Cursor.Offer.TAKEN) {
                addressed.add(to);
            } else {
                holding.release();
                answered++;
            }
            assertThat(budget.addressed()).as("addressed bytes").isEqualTo(model.addressed);
        }

        /** As a room does. */
        private void pass() {
            action = "pass";
            model.pass();
            boolean isForAll = log.publish();
            addressed.forEach(pair -> pair.writer.flush());
            addressed.clear();
            if (isForAll) {
                pairs.forEach(pair -> pair.writer.flush());
                log.release();
                assertThat(budget.used()).as("bytes kept").isEqualTo(model.used());
            }
        }

        /** As a session does that looks whether it is too slow. */
        private void sweep() {
            action = "sweep";
            for (Pair pair : List.copyOf(pairs)) {
                boolean mayGoOn = pair.cursor.catchUp();
                assertThat(mayGoOn).isEqualTo(model.catchUp(pair.model));
                if (!mayGoOn) {
                    closeNow(pair, DropReason.SLOW_SESSION);
                }
            }
        }

        private void join() {
            if (pairs.size() < MAX_SESSIONS) {
                boolean isQuick = random.nextInt(8) == 0;
                Pair pair = new Pair(log.join(tally), model.join(sessions++, isQuick), isQuick, writes);
                action = "join " + pair.model.id;
                pairs.add(pair);
                everybody.add(pair.model);
                pair.writer.flush();
            }
        }

        private void close(Pair pair) {
            action = "close " + pair.model.id;
            Frame close = Frame.close(CloseCode.GOING_AWAY);
            model.close(pair.model, close);
            pair.writer.close(close);
        }

        private void closeNow(Pair pair, DropReason reason) {
            action = "close now " + pair.model.id;
            Frame close = Frame.close(new CloseCode(1013, "slow"));
            model.closeNow(pair.model, close, reason);
            pair.writer.closeNow(close, reason);
        }

        private void end(Pair pair) {
            action = "end " + pair.model.id;
            model.end(pair.model);
            pair.terminate();
        }

        private void fail(Pair pair) {
            action = "fail " + pair.model.id;
            model.failed(pair.model);
            pair.done(new IllegalStateException("as the test wants it"));
        }

        private void complete(Pair pair) {
            action = "complete " + pair.model.id;
            model.completed(pair.model);
            pair.done(null);
        }

        /** What was under way when the connection ended. */
        private void finish(Pair pair) {
            if (pair.isWriting()) {
                fail(pair);
            }
        }

        private void compare() {
            assertThat(sorted(answers)).as("answers").isEqualTo(sorted(model.answers));
            missed += tally.takeMissed();
            assertThat(missed).as("missed").isEqualTo(model.missed);
            assertThat(tally.count())
                    .as("counts of all")
                    .isEqualTo(
                            everybody.stream().map(LogModel.Peer::count).reduce(SessionCount.NONE, SessionCount::plus));
            for (Pair pair : List.copyOf(pairs)) {
                compare(pair);
            }
            answered += answers.size();
            answers.clear();
            model.answers.clear();
            writes.clear();
            model.writes.clear();
        }

        private void compare(Pair pair) {
            assertThat(of(pair, writes)).as("writes to " + pair.model.id).isEqualTo(of(pair, model.writes));
            SessionCount count = pair.cursor.count();
            count.assertConserved();
            assertThat(count).as("counts of " + pair.model.id).isEqualTo(pair.model.count());
            assertThat(pair.cursor.isOverrun()).as("overrun " + pair.model.id).isEqualTo(pair.model.isOverrun());
            if (pair.isEnded && !pair.isWriting()) {
                assertThat(count.pending()).isZero();
                pairs.remove(pair);
            }
        }

        private static List<LogModel.Write> of(Pair pair, List<LogModel.Write> writes) {
            return writes.stream()
                    .filter(write -> write.session() == pair.model.id)
                    .toList();
        }

        private static List<LogModel.Answer> sorted(List<LogModel.Answer> answers) {
            return answers.stream()
                    .sorted(Comparator.comparingInt(LogModel.Answer::id))
                    .toList();
        }
    }
}
