package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.araldo.Message;
import io.araldo.Origin;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** How the rules on what comes in are tried; {@link EndpointContract} names them. */
final class ReceivingRules {
    private static final int BATCH = 300;

    /** A kilobyte each: more than one read, which a source may overshoot by, and less than what outside can hold. */
    private static final int FLOOD = 3_000;

    private static final int OVERSHOOT = 300;
    private static final String FILL = "x".repeat(1_000);

    private final Bench bench;
    private final Outside outside;

    ReceivingRules(Bench bench) {
        this.bench = bench;
        this.outside = bench.outside();
    }

    private void assumeSource() {
        assumeTrue(outside.canSay(), "it receives nothing");
    }

    private Opened open() {
        assumeSource();
        return bench.open();
    }

    private static Message received(Opened open, String text) {
        open.awaitReceived(text);
        return open.inbox().messages().stream()
                .filter(message -> message.payload().text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    void stampsOrigin() {
        Opened open = open();
        outside.say("hello");
        Origin origin = received(open, "hello").origin();
        assertThat(origin.relay()).as("relay").isEqualTo(open.context.relay());
        assertThat(origin.endpoint()).as("endpoint").isEqualTo(open.endpoint.name());
        assertThat(origin.isClient()).as("whether there is a session").isEqualTo(outside.speaksForClients());
    }

    void stampsTrail() {
        Opened open = open();
        outside.say("hello");
        Message message = received(open, "hello");
        assertThat(message.trail()).as("trail").allMatch(open.endpoint::reads);
        if (open.endpoint.writes().stream().anyMatch(open.endpoint::reads)) {
            assertThat(message.trail()).as("trail of what echoes").isNotEmpty();
        }
    }

    void keepsOrder() {
        Opened open = open();
        List<String> said = IntStream.range(0, BATCH).mapToObj(i -> "in-" + i).toList();
        said.forEach(outside::say);
        bench.until(() -> assertThat(texts(open, "in-")).hasSameSizeAs(said));
        assertThat(texts(open, "in-")).isEqualTo(said);
    }

    private static List<String> texts(Opened open, String prefix) {
        return open.inbox().texts().stream()
                .filter(text -> text.startsWith(prefix))
                .toList();
    }

    void waits() {
        assumeSource();
        assumeTrue(outside.endpoint().canWait(), "it cannot wait");
        HoldingInbox inbox = new HoldingInbox();
        bench.open(outside.endpoint(), Bench.RELAY, inbox);
        CompletableFuture<Void> flood = bench.start("flood", () -> {
            for (int i = 0; i < FLOOD; i++) {
                outside.say(FILL);
            }
        });
        try {
            bench.until(() -> assertThat(inbox.count()).isPositive());
            bench.remains(
                    () -> assertThat(inbox.count()).as("received without room").isLessThan(OVERSHOOT));
        } finally {
            inbox.drain();
        }
        bench.ends("flood", flood);
        bench.until(() -> assertThat(inbox.count()).as("received with room").isGreaterThanOrEqualTo(FLOOD));
    }

    void nothingAfterClose() {
        Opened open = open();
        open.close();
        assertNothingComes(open);
    }

    void nothingAfterLoss() {
        assumeTrue(outside.canCut(), "it cannot be lost");
        Opened open = open();
        open.lose();
        assertNothingComes(open);
    }

    private void assertNothingComes(Opened open) {
        outside.say("late");
        bench.remains(() -> assertThat(open.inbox().texts()).doesNotContain("late"));
    }
}
