package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One message in, many out. */
@ExtendWith(ThreadLeakExtension.class)
class SplitTest {
    private static List<Message> split(Message message) {
        String text = message.payload().text();
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .map(word -> message.withPayload(Payload.text(word)))
                        .toList();
    }

    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final TestEndpoint in = TestEndpoint.named("in");
    private final TestEndpoint out = TestEndpoint.named("out");
    private Relay relay;

    private static RouteBuilder words(RouteBuilder route) {
        return route.split(SplitTest::split);
    }

    private void start(Route route) {
        relay = relays.start(lanes, route);
    }

    private RouteBuilder route() {
        return Route.from(in).name("route");
    }

    private TestLink.Received receive(String text) {
        TestLink.Received received = in.receive(text);
        lanes.runAll();
        return received;
    }

    private Ledger.RouteCount count() {
        return relay.ledger().route("route");
    }

    @Test
    void partsGoOnInTheirOrderBeforeTheNextMessage() {
        start(words(route()).to(out));

        in.receive("a b c");
        in.receive("d e");
        lanes.runAll();

        assertThat(out.sentTexts()).containsExactly("a", "b", "c", "d", "e");
        assertThat(count().received()).isEqualTo(2);
        assertThat(count().split()).isEqualTo(2);
        assertThat(count().produced()).isEqualTo(5);
        assertThat(count().routed()).isEqualTo(5);
        relay.ledger().assertConserved();
    }

    @Test
    void sourceIsToldWhenTheLastPartIsSettled() {
        out.thatHolds();
        start(words(route()).to(out));
        TestLink.Received received = receive("a b c");

        out.link().acknowledge(2, Outcome.delivered());
        out.link().acknowledge(0, Outcome.delivered());
        assertThat(received.now()).isNull();
        out.link().acknowledge(1, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(received.answers()).hasValue(1);
    }

    @Test
    void sourceIsToldTheGravestOutcomeOfTheParts() {
        relays.expectWarnings();
        out.thatHolds();
        start(words(route()).to(out));
        TestLink.Received received = receive("a b c");

        out.link().acknowledge(0, Outcome.delivered());
        out.link().acknowledge(1, Outcome.unknown());
        out.link().acknowledge(2, Outcome.dropped(DropReason.TOO_LARGE));

        assertThat(received.now()).isEqualTo(Outcome.unknown());
    }

    @Test
    void splitIntoNothingIsFiltered() {
        start(words(route()).to(out));

        TestLink.Received received = receive("");

        assertThat(received.now()).isEqualTo(Outcome.filtered());
        assertThat(count().split()).isEqualTo(1);
        assertThat(count().filtered()).isZero();
        assertThat(count().produced()).isZero();
        relay.ledger().assertConserved();
    }

    @Test
    void stepsAfterwardsSeeEachPart() {
        start(words(route())
                .filter(part -> !part.payload().text().equals("b"))
                .map(part -> part.withPayload(Payload.text(part.payload().text() + "!")))
                .to(out));

        TestLink.Received received = receive("a b c");

        assertThat(out.sentTexts()).containsExactly("a!", "c!");
        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(count().filtered()).isEqualTo(1);
    }

    @Test
    void partsMayBeSplitAgain() {
        start(words(route())
                .split(part -> part.payload()
                        .text()
                        .chars()
                        .mapToObj(letter -> part.withPayload(Payload.text(Character.toString(letter))))
                        .toList())
                .to(out));

        TestLink.Received received = receive("ab cd");

        assertThat(out.sentTexts()).containsExactly("a", "b", "c", "d");
        assertThat(received.answers()).hasValue(1);
        assertThat(count().split()).isEqualTo(3);
        assertThat(count().produced()).isEqualTo(6);
    }

    @Test
    void partThatFailsFailsTheMessageAndLetsTheOthersGoOn() {
        relays.expectWarnings();
        AssertionError boom = new AssertionError("boom");
        start(words(route())
                .map(part -> {
                    if (part.payload().text().equals("b")) {
                        throw boom;
                    }
                    return part;
                })
                .to(out));

        TestLink.Received received = receive("a b c");

        assertThat(out.sentTexts()).containsExactly("a", "c");
        assertThat(received.now()).isEqualTo(Outcome.failed(boom));
        assertThat(count().failed()).isEqualTo(1);
    }

    @Test
    void splitThatThrowsOrReturnsNullFailsItsMessageAlone() {
        relays.expectWarnings();
        List<List<Message>> answers = new ArrayList<>();
        answers.add(null);
        answers.add(Arrays.asList(Message.text("x"), null));
        answers.add(List.of(Message.text("y")));
        start(route().split(message -> {
                    if (answers.size() > 3) {
                        throw new StackOverflowError("boom");
                    }
                    return answers.remove(0);
                })
                .to(out));

        assertThat(receive("1").now().cause())
                .hasMessage("split: returned null (expected: messages; an empty collection if there is none)");
        assertThat(receive("2").now().cause()).hasMessageContaining("a null in a collection");
        assertThat(receive("3").now()).isEqualTo(Outcome.delivered());
        assertThat(count().failed()).isEqualTo(2);
        assertThat(count().split()).isEqualTo(1);
    }

    @Test
    void moreProductsThanABatchAreAllSentInOrder() {
        start(words(route()).to(out));
        List<String> numbers =
                IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();

        TestLink.Received received = receive(String.join(" ", numbers));

        assertThat(out.sentTexts()).isEqualTo(numbers);
        assertThat(received.now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void partsThatWaitWhenTheRelayClosesAreDropped() {
        relays.expectWarnings();
        start(words(route()).to(out));
        TestLink.Received received = in.receive(String.join(
                " ", IntStream.range(0, 1_000).mapToObj(Integer::toString).toList()));
        lanes.step();
        assertThat(count().waiting()).isPositive();
        relay.ledger().assertConserved();

        relay.close();
        lanes.runAll();

        assertThat(received.now()).isEqualTo(Outcome.dropped(DropReason.CLOSED));
        assertThat(count().waiting()).isZero();
        assertThat(count().dropped()).containsOnlyKeys(DropReason.CLOSED);
    }

    @Test
    void partsThatAreMadeAfterTheCloseAreDropped() {
        relays.expectWarnings();
        start(route().split(message -> {
                    relay.close();
                    until(() -> relay.awaitTermination(Duration.ZERO));
                    return List.of(message, message);
                })
                .to(out));

        TestLink.Received received = receive("1");

        assertThat(received.now()).isEqualTo(Outcome.dropped(DropReason.CLOSED));
        assertThat(count().dropped()).isEqualTo(Map.of(DropReason.CLOSED, 2L));
        relay.ledger().assertConserved();
    }

    @Test
    void partsGoToSeveralTargets() {
        TestEndpoint other = TestEndpoint.named("other").thatHolds();
        start(words(route()).to(out, other));
        TestLink.Received received = receive("a b");

        other.link().acknowledge(1, Outcome.delivered());
        assertThat(received.now()).isNull();
        other.link().acknowledge(0, Outcome.delivered());

        assertThat(received.now()).isEqualTo(Outcome.delivered());
        assertThat(relay.ledger().leg("route", "other").delivered()).isEqualTo(2);
    }
}
