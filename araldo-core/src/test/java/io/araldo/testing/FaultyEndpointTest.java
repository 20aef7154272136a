package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.EndpointException;
import io.araldo.Health;
import io.araldo.Link;
import io.araldo.Message;
import io.araldo.MockEndpoint;
import io.araldo.Outcome;
import io.araldo.Outcome.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyEndpointTest {
    private final MockEndpoint mock = MockEndpoint.create("mock");
    private final RecordingInbox inbox = new RecordingInbox();
    private final TestLinkContext context = TestLinkContext.bothWays("relay", "mock");
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        context.close();
    }

    private Link open(long seed, EndpointFault... faults) {
        return open(FaultyEndpoint.of(mock, seed, faults));
    }

    private Link open(FaultyEndpoint endpoint) {
        return endpoint.open(inbox, context).toCompletableFuture().join();
    }

    private void send(Link link, int count) {
        IntStream.range(0, count).forEach(i -> link.send(Message.text("m" + i), outcomes::add));
    }

    private List<String> sent() {
        return mock.sent().stream().map(message -> message.payload().text()).toList();
    }

    /** The texts that a new link passes on, of 100. */
    private List<String> passed(long seed, EndpointFault... faults) {
        mock.clear();
        Link link = open(seed, faults);
        send(link, 100);
        link.close();
        return sent();
    }

    @Test
    void sameSeedHitsTheSameMessages() {
        EndpointFault fault = EndpointFault.fail(0.3);
        assertThat(passed(1, fault)).isEqualTo(passed(1, fault)).hasSizeBetween(50, 90);
        assertThat(passed(1, fault)).isNotEqualTo(passed(2, fault));
    }

    @Test
    void eachOpeningHitsOthers() {
        FaultyEndpoint endpoint = FaultyEndpoint.of(mock, 1, EndpointFault.fail(0.3));
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            mock.clear();
            Link link = open(endpoint);
            send(link, 100);
            link.close();
            all.add(sent());
        }
        assertThat(all.get(0)).isNotEqualTo(all.get(1));
    }

    @Test
    void firstOpeningsAreRefused() {
        FaultyEndpoint endpoint = FaultyEndpoint.of(mock, 1, EndpointFault.refuse(2));
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> open(endpoint))
                    .isInstanceOf(EndpointException.class)
                    .hasMessage("endpoint 'mock': opening " + i
                            + " fails as it was told to; open it again, or take away EndpointFault.refuse(2)");
        }
        send(open(endpoint), 1);
        assertThat(sent()).containsExactly("m0");
        assertThat(endpoint.openings()).isEqualTo(3);
    }

    @Test
    void whatIsStalledIsUnknownAtTheEnd() {
        Link link = open(1, EndpointFault.stall(1));
        send(link, 3);
        assertThat(outcomes).isEmpty();
        link.close();
        assertThat(outcomes).isEqualTo(Collections.nCopies(3, Outcome.unknown()));
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatFailsIsAnsweredSoAndNotPassedOn() {
        send(open(1, EndpointFault.fail(1)), 2);
        assertThat(outcomes).extracting(Outcome::kind).containsExactly(Kind.FAILED, Kind.FAILED);
        assertThat(sent()).isEmpty();
    }

    @Test
    void linkIsLostBehindTheMessageThatWasTold() {
        Link link = open(1, EndpointFault.loseAfter(2));
        send(link, 3);
        assertThat(sent()).containsExactly("m0", "m1");
        assertThat(outcomes).extracting(Outcome::kind).containsExactly(Kind.DELIVERED, Kind.DELIVERED, Kind.DROPPED);
        assertThat(inbox.losses())
                .singleElement()
                .satisfies(loss ->
                        assertThat(loss).hasMessage("endpoint 'mock': mock:relay/mock is lost as it was told to"));
        assertThat(link.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void duplicateIsPassedOnTwiceAndAnsweredOnce() {
        send(open(1, EndpointFault.duplicate(1)), 1);
        assertThat(sent()).containsExactly("m0", "m0");
        assertThat(outcomes).containsExactly(Outcome.delivered());
    }

    @Test
    void whatIsDelayedArrivesLaterAndInAnotherOrder() {
        send(open(1, EndpointFault.delay(1, Duration.ofMillis(50))), 50);
        await().until(() -> outcomes.size() == 50);
        assertThat(sent())
                .hasSize(50)
                .isNotEqualTo(IntStream.range(0, 50).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void whatIsDelayedPastTheEndIsUnknown() {
        Link link = open(1, EndpointFault.delay(1, Duration.ofDays(1)));
        send(link, 1);
        link.close();
        assertThat(outcomes).containsExactly(Outcome.unknown());
    }

    @Test
    void closingThrowsAndClosesWhatIsWrapped() {
        Link link = open(1, EndpointFault.throwOnClose());
        assertThatThrownBy(link::close).hasMessage("closing 'mock' throws as it was told to");
        mock.open(inbox, context);
    }

    @Test
    void faultsAreShownAsTheCodeThatMakesThem() {
        assertThat(FaultyEndpoint.of(mock, 7, EndpointFault.stall(0.5), EndpointFault.delay(1, Duration.ofMillis(1))))
                .hasToString("FaultyEndpoint.of(MockEndpoint.create(\"mock\"), 7,"
                        + " [EndpointFault.stall(0.5), EndpointFault.delay(1.0, PT0.001S)])");
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointFault.fail(1.5))
                .withMessage("probability: 1.5 (expected: 0 to 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointFault.refuse(0))
                .withMessage("count: 0 (expected: > 0 for REFUSE and LOSE, else 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndpointFault.delay(1, Duration.ZERO))
                .withMessage("delay: PT0S (expected: > 0 for DELAY, else zero)");
    }
}
