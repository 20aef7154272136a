package io.araldo.testing;

import static io.araldo.Outcome.Kind.DELIVERED;
import static io.araldo.Outcome.Kind.DROPPED;
import static io.araldo.Outcome.Kind.FAILED;
import static io.araldo.Outcome.Kind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.araldo.DropReason;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** How the rules on what goes out are tried; {@link EndpointContract} names them. */
final class SendingRules {
    private static final Set<Outcome.Kind> OF_LINKS = Set.of(DELIVERED, DROPPED, FAILED, UNKNOWN);
    private static final int BATCH = 300;
    private static final int THREADS = 4;

    /** More than the buffers of a connection take, 25 MB. */
    private static final int LARGE_COUNT = 400;

    private static final int LARGE_BYTES = 1 << 16;

    /** Of a kilobyte each. */
    private static final int MOST = 50_000;

    private final Bench bench;
    private final Outside outside;

    SendingRules(Bench bench) {
        this.bench = bench;
        this.outside = bench.outside();
    }

    void answersOnce() {
        Opened open = bench.open();
        List<Answer> answers = new ArrayList<>();
        answers.add(open.gather("text"));
        answers.add(open.gather("binary", Message.binary(new byte[] {(byte) 0xff, 0, 1})));
        answers.add(open.gather("empty", Message.of(Payload.empty())));
        answers.add(open.gather("headers", Message.text("headers").withHeader("name", "value")));
        answers.add(open.gather("addressed", Message.text("addressed").withAddress("nobody")));
        open.link.flush();
        bench.awaitOneEach(answers);
        assertThat(answers)
                .as("kinds")
                .allMatch(answer -> isOfLink(answer.outcomes().get(0)));
    }

    private static boolean isOfLink(Outcome outcome) {
        return OF_LINKS.contains(outcome.kind())
                && (outcome.kind() == DROPPED) == (outcome.reason() != null)
                && (outcome.kind() == FAILED) == (outcome.cause() != null);
    }

    private void assumeHeard() {
        assumeTrue(outside.canHear(), "nobody hears what it sends");
    }

    void deliversWhatItSays() {
        assumeHeard();
        List<Answer> answers = bench.open().sendBatch("told", 20);
        bench.until(() -> {
            List<String> heard = outside.heard();
            assertThat(answers)
                    .as("heard, or not delivered; heard: %s", heard)
                    .allMatch(answer -> heard.contains(answer.text()) || (answer.isThere() && !answer.is(DELIVERED)));
        });
    }

    void keepsOrder() {
        assumeHeard();
        List<String> sent =
                bench.open().sendBatch("out", BATCH).stream().map(Answer::text).toList();
        bench.until(() -> assertThat(heard("out")).contains(sent.get(BATCH - 1)));
        assertThat(heard("out")).isSubsetOf(sent).isSortedAccordingTo((a, b) -> sent.indexOf(a) - sent.indexOf(b));
    }

    private List<String> heard(String prefix) {
        return outside.heard().stream().filter(text -> text.startsWith(prefix)).toList();
    }

    void answersEverybody() {
        Opened open = bench.open();
        List<Answer> answers = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> senders = IntStream.range(0, THREADS)
                .mapToObj(i -> bench.start("sender", () -> answers.addAll(open.sendBatch("many-" + i, BATCH))))
                .toList();
        senders.forEach(sender -> bench.ends("sending", sender));
        bench.until(() -> assertThat(answers).as("answered").allMatch(Answer::isThere));
    }

    void neverBlocks() {
        Opened open = bench.open();
        outside.stall();
        Message large = Message.binary(new byte[LARGE_BYTES]);
        bench.inTime("sending to somebody who does not read", () -> {
            for (int i = 0; i < LARGE_COUNT; i++) {
                open.gather("large", large);
                open.link.flush();
            }
        });
    }

    void isBounded() {
        assumeTrue(outside.canStall(), "what it sends is always taken");
        Opened open = bench.open();
        outside.stall();
        Message message = Message.binary(new byte[1 << 10]);
        AtomicBoolean dropped = new AtomicBoolean();
        for (int i = 0; i < MOST && !dropped.get(); i++) {
            open.link.send(message, outcome -> dropped.compareAndSet(false, outcome.kind() == DROPPED));
            open.link.flush();
        }
        bench.until(
                () -> assertThat(dropped).as("dropped any of %s messages", MOST).isTrue());
    }

    void refusesWhenClosed() {
        Opened open = bench.open();
        open.close();
        assertRefuses(open);
    }

    void refusesWhenLost() {
        assumeTrue(outside.canCut(), "it cannot be lost");
        Opened open = bench.open();
        open.lose();
        outside.mend();
        assertRefuses(open);
    }

    private void assertRefuses(Opened open) {
        Answer answer = open.gather("too late");
        bench.until(() -> assertThat(answer.isThere()).as("answered").isTrue());
        assertThat(answer.outcomes().get(0)).isIn(Outcome.dropped(DropReason.NOT_WRITABLE), Outcome.unknown());
        bench.remains(() -> assertThat(outside.heard()).doesNotContain("too late"));
    }

    void flushesForEverybody() {
        Opened open = bench.open();
        List<CompletableFuture<Void>> flushing = IntStream.range(0, THREADS)
                .mapToObj(i -> bench.start("flushing", () -> flushOften(open)))
                .toList();
        flushing.forEach(flush -> bench.ends("flushing", flush));
        open.close();
        bench.inTime("flushing what is closed", () -> flushOften(open));
        if (outside.canCut()) {
            Opened second = bench.open();
            second.lose();
            bench.inTime("flushing what is lost", () -> flushOften(second));
        }
    }

    private static void flushOften(Opened open) {
        for (int i = 0; i < BATCH; i++) {
            open.link.flush();
        }
    }

    void answersAtClose() {
        Opened open = bench.open();
        outside.stall();
        List<Answer> before = open.sendBatch("before", 20);
        List<Answer> meanwhile = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> sender = bench.start("sender", () -> meanwhile.addAll(open.sendBatch("while", BATCH)));
        open.close();
        Bench.assertOneEach(before);
        bench.ends("sending while it closes", sender);
        bench.awaitOneEach(before);
        bench.awaitOneEach(meanwhile);
    }

    void answersAtLoss() {
        assumeTrue(outside.canCut(), "it cannot be lost");
        Opened open = bench.open();
        outside.stall();
        List<Answer> answers = new CopyOnWriteArrayList<>(open.sendBatch("before", 20));
        CompletableFuture<Void> sender = bench.start("sender", () -> answers.addAll(open.sendBatch("while", BATCH)));
        open.lose();
        bench.ends("sending while it is lost", sender);
        bench.awaitOneEach(answers);
    }
}
