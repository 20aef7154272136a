package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.araldo.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** How the rules on the end of a link, and on what it shows, are tried; {@link EndpointContract} names them. */
final class EndingRules {
    private static final int REPETITIONS = 5;

    /** Who reconnects may take its time. */
    private static final int LONGER = 5;

    private final Bench bench;
    private final Outside outside;

    EndingRules(Bench bench) {
        this.bench = bench;
        this.outside = bench.outside();
    }

    private void assumeLosable() {
        assumeTrue(outside.canCut(), "it cannot be lost");
    }

    void closesOnce() {
        Opened open = bench.open();
        List<CompletableFuture<Void>> closing = IntStream.range(0, 4)
                .mapToObj(i -> bench.start("closing", open::close))
                .toList();
        closing.forEach(close -> bench.ends("closing at once", close));
        bench.inTime("closing what is closed", open::close);
        if (outside.canCut()) {
            Opened lost = bench.open();
            lost.lose();
            bench.inTime("closing what is lost", lost::close);
        }
    }

    void closeLeavesNothing() {
        use(bench.open()).close();
        Footprint before = bench.footprint();
        for (int i = 0; i < REPETITIONS; i++) {
            Opened open = use(bench.open());
            open.close();
            assertThat(open.context.resources()).as("leases").isZero();
            assertThat(open.context.scheduled()).as("timers").isZero();
            open.context.close();
        }
        bench.untilNothingIsLeft(before, REPETITIONS);
    }

    void lossLeavesNothing() {
        assumeLosable();
        loseOne();
        Footprint before = bench.footprint();
        for (int i = 0; i < REPETITIONS; i++) {
            loseOne();
        }
        bench.untilNothingIsLeft(before, REPETITIONS);
    }

    private void loseOne() {
        Opened open = use(bench.open());
        open.lose();
        bench.until(() -> assertThat(open.context.resources()).as("leases").isZero());
        bench.until(() -> assertThat(open.context.scheduled()).as("timers").isZero());
        open.context.close();
        outside.mend();
    }

    private Opened use(Opened open) {
        open.send("used");
        return open;
    }

    void isLostOnce() {
        assumeLosable();
        Opened open = bench.open();
        String authority = authority(open);
        open.lose();
        outside.mend();
        outside.cut();
        open.link.close();
        bench.remains(() -> assertThat(open.inbox().losses()).as("losses").hasSizeLessThanOrEqualTo(1));
        assertThat(open.inbox().losses().get(0).getMessage())
                .as("names endpoint and address, in one line")
                .doesNotContain("\n")
                .contains(open.endpoint.name(), authority);
    }

    /** Host and port; what is in the process has none. */
    private static String authority(Opened open) {
        String authority = open.link.address().getAuthority();
        return authority == null ? "" : authority;
    }

    void isNotLostWhenClosed() {
        Opened open = bench.open();
        open.close();
        outside.cut();
        bench.remains(() -> assertThat(open.inbox().losses()).as("losses").isEmpty());
    }

    void staysLost() {
        assumeLosable();
        assumeTrue(outside.countsConnections(), "nobody counts its connections");
        Opened open = bench.open();
        long connections = outside.connections();
        open.lose();
        outside.mend();
        bench.remains(
                outside.quiet().multipliedBy(LONGER),
                () -> assertThat(outside.connections()).as("connections").isEqualTo(connections));
    }

    void tellsAtAnyTime() {
        Opened open = bench.open();
        CompletableFuture<Void> asking = bench.start("asking", () -> ask(open));
        assertThat(open.link.address()).as("address").isNotNull();
        CompletionStage<Void> closed = open.link.close();
        ask(open);
        bench.ends("asking", asking);
        bench.result(closed);
        assertDown(open);
        if (outside.canCut()) {
            Opened lost = bench.open();
            lost.lose();
            assertDown(lost);
        }
    }

    private static void ask(Opened open) {
        for (int i = 0; i < 100; i++) {
            assertThat(open.link.address()).isNotNull();
            assertThat(open.link.health()).isNotNull();
        }
    }

    private void assertDown(Opened open) {
        bench.until(() ->
                assertThat(open.link.health().status()).as("health at the end").isEqualTo(Health.Status.DOWN));
        ask(open);
    }

    void keepsSecrets() {
        assumeTrue(!outside.secrets().isEmpty(), "it has no secrets");
        List<String> shown = new ArrayList<>();
        Opened open = bench.open();
        shown.add(open.endpoint.toString());
        shown.addAll(open.endpoint.writes());
        shown.add(open.link.toString());
        shown.add(open.link.address().toString());
        if (outside.canCut()) {
            open.lose();
            open.inbox().losses().forEach(loss -> addChain(loss, shown));
        }
        shown.add(open.link.health().why());
        if (outside.canRefuse()) {
            RecordingInbox inbox = new RecordingInbox();
            addChain(bench.failure(outside.unopenable(), inbox, TestLinkContext.bothWays(Bench.RELAY, "x")), shown);
        }
        for (String secret : outside.secrets()) {
            assertThat(shown).as("what is shown").noneMatch(text -> text.contains(secret));
        }
    }

    private static void addChain(Throwable error, List<String> shown) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            shown.add(cause.toString());
        }
    }
}
