package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.araldo.Endpoint;
import io.araldo.EndpointException;
import java.util.Set;
import java.util.stream.Collectors;

/** How the rules on opening, and on what an endpoint says of itself, are tried; {@link EndpointContract} names them. */
final class OpeningRules {
    private static final int REPETITIONS = 5;

    private final Bench bench;
    private final Outside outside;

    OpeningRules(Bench bench) {
        this.bench = bench;
        this.outside = bench.outside();
    }

    void isReady() {
        assumeTrue(outside.canSay() || outside.canHear(), "nobody is outside");
        Opened open = bench.openUntouched(outside.endpoint(), Bench.RELAY, new RecordingInbox());
        if (outside.canSay()) {
            outside.say("first in");
            open.awaitReceived("first in");
        }
        if (outside.canHear()) {
            open.send("first out");
            bench.until(() -> assertThat(outside.heard()).contains("first out"));
        }
    }

    void isSilent() {
        RecordingInbox inbox = new RecordingInbox();
        Endpoint endpoint = outside.endpoint();
        TestLinkContext context = TestLinkContext.bothWays(Bench.RELAY, endpoint.name());
        new Opened(bench, endpoint, inbox, context, bench.result(endpoint.open(inbox, context))).abandon();
        assertThat(inbox.messages()).as("messages handed over unasked").isEmpty();
    }

    void says() {
        Endpoint endpoint = unopenable();
        Throwable failure = failure(endpoint, new RecordingInbox());
        assertThat(failure).isInstanceOf(EndpointException.class);
        assertThat(failure.getMessage())
                .as("names endpoint, address and remedy, in one line")
                .doesNotContain("\n")
                .contains(endpoint.name(), outside.where())
                .containsPattern("; |\\(");
    }

    void failureLeavesNothing() {
        // What is loaded, or begun for good, by the first attempt is no leak.
        failure(unopenable(), new RecordingInbox());
        Footprint before = bench.footprint();
        for (int i = 0; i < REPETITIONS; i++) {
            RecordingInbox inbox = new RecordingInbox();
            Endpoint endpoint = unopenable();
            TestLinkContext context = TestLinkContext.bothWays(Bench.RELAY, endpoint.name());
            bench.failure(endpoint, inbox, context);
            bench.until(() -> assertThat(context.resources()).as("leases").isZero());
            bench.until(() -> assertThat(context.scheduled()).as("timers").isZero());
            assertThat(inbox.losses()).as("losses of what was never open").isEmpty();
            assertThat(inbox.messages()).as("messages of what was never open").isEmpty();
        }
        bench.untilNothingIsLeft(before, REPETITIONS);
    }

    private Endpoint unopenable() {
        assumeTrue(outside.canRefuse(), "it can always be opened");
        return outside.unopenable();
    }

    private Throwable failure(Endpoint endpoint, RecordingInbox inbox) {
        return bench.failure(endpoint, inbox, TestLinkContext.bothWays(Bench.RELAY, endpoint.name()));
    }

    void opensAgain() {
        Endpoint endpoint = outside.endpoint();
        for (int i = 0; i < 3; i++) {
            Opened open = bench.open(endpoint);
            assertWorks(open, "turn " + i);
            open.close();
        }
    }

    void servesTwo() {
        Endpoint endpoint = outside.endpoint();
        Opened one = bench.open(endpoint, "one");
        if (outside.isHandle()) {
            assertThatThrownBy(() -> bench.open(endpoint, "two")).isInstanceOfAny(EndpointException.class);
        } else {
            assertWorks(bench.open(endpoint, "two"), "of two");
        }
        assertWorks(one, "of one");
    }

    private void assertWorks(Opened open, String text) {
        if (outside.canSay()) {
            outside.say("to " + text);
            open.awaitReceived("to " + text);
        }
        if (outside.canHear()) {
            open.send("from " + text);
            bench.until(() -> assertThat(outside.heard()).contains("from " + text));
        }
    }

    void isConstant() {
        Endpoint endpoint = outside.endpoint();
        Object before = self(endpoint);
        Opened open = bench.open(endpoint);
        assertThat(self(endpoint)).as("while it is open").isEqualTo(before);
        open.close();
        assertThat(self(endpoint)).as("when it is closed").isEqualTo(before);
    }

    private static Description self(Endpoint endpoint) {
        Set<String> writes = Set.copyOf(endpoint.writes());
        return new Description(
                endpoint.name(),
                endpoint.marshaller(),
                endpoint.canWait(),
                writes,
                writes.stream().filter(endpoint::reads).collect(Collectors.toSet()));
    }

    /** What an endpoint says of itself. */
    private record Description(
            String name, Object marshaller, boolean canWait, Set<String> writes, Set<String> echoes) {}
}
