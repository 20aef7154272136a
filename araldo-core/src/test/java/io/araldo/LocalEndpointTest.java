package io.araldo;

import static io.araldo.Waiting.result;
import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ThreadLeakExtension.class)
class LocalEndpointTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @RegisterExtension
    final Relays relays = new Relays();

    private final LocalEndpoint local = LocalEndpoint.create("local");
    private final TestEndpoint peer = TestEndpoint.with("peer", Marshaller.json());
    private final List<Message> handled = new CopyOnWriteArrayList<>();

    private Relay startBothWays() {
        local.onMessage(handled::add);
        return relays.start(Route.from(local).to(peer), Route.from(peer).to(local));
    }

    private Message sentToPeer(int index) {
        until(() -> peer.link().sent.size() > index);
        return Marshaller.json().decode(peer.link().sent.get(index).message());
    }

    private void peerAnswers(Message request, String text) {
        peer.link()
                .receive(Message.of(Marshaller.json()
                        .encode(Message.text(text)
                                .withHeader(
                                        Message.CORRELATION,
                                        request.header(Message.CORRELATION).orElseThrow()))));
    }

    @Test
    void requestIsCompletedWithItsReply() {
        startBothWays();
        CompletableFuture<Message> reply =
                local.request(Message.text("question"), LONG).toCompletableFuture();

        peerAnswers(sentToPeer(0), "answer");

        assertThat(result(reply).payload().text()).isEqualTo("answer");
        assertThat(handled).isEmpty();
    }

    @Test
    void whatNobodyAskedForGoesToTheHandler() {
        startBothWays();
        CompletableFuture<Message> reply =
                local.request(Message.text("question"), LONG).toCompletableFuture();
        sentToPeer(0);

        peer.receive("{\"data\": \"news\"}");
        peer.receive("{\"data\": \"other\", \"correlation\": \"of somebody else\"}");

        until(() -> handled.size() == 2);
        assertThat(reply).isNotDone();
        peerAnswers(sentToPeer(0), "answer");
        result(reply);
    }

    @Test
    void secondReplyGoesToTheHandler() {
        startBothWays();
        CompletableFuture<Message> reply =
                local.request(Message.text("question"), LONG).toCompletableFuture();

        peerAnswers(sentToPeer(0), "first");
        peerAnswers(sentToPeer(0), "second");

        assertThat(result(reply).payload().text()).isEqualTo("first");
        until(() -> handled.size() == 1);
        assertThat(handled.get(0).payload().text()).isEqualTo("second");
    }

    @Test
    void oneMessageMayBeAskedTwiceAtOnce() {
        startBothWays();
        Message ping = Message.text("ping");
        CompletableFuture<Message> first = local.request(ping, LONG).toCompletableFuture();
        CompletableFuture<Message> second = local.request(ping, LONG).toCompletableFuture();

        peerAnswers(sentToPeer(1), "to the second");
        assertThat(result(second).payload().text()).isEqualTo("to the second");
        peerAnswers(sentToPeer(0), "to the first");

        assertThat(result(first).payload().text()).isEqualTo("to the first");
    }

    @Test
    void requestWithoutReplyTimesOut() {
        startBothWays();

        CompletableFuture<Message> reply =
                local.request(Message.text("question"), Duration.ofMillis(50)).toCompletableFuture();

        assertThat(reply)
                .failsWithin(LONG)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(TimeoutException.class);
        peerAnswers(sentToPeer(0), "late");
        until(() -> handled.size() == 1);
    }

    @Test
    void requestThatIsNotSentFailsAtOnce() {
        relays.expectWarnings();
        relays.start(Route.from(local).filter(message -> false).to(peer));

        CompletableFuture<Message> reply =
                local.request(Message.text("question"), LONG).toCompletableFuture();

        assertThat(reply)
                .failsWithin(LONG)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(AraldoException.class)
                .withMessageMatching("request .* was not sent: Outcome\\[kind=FILTERED, reason=null, cause=null]");
    }

    @Test
    @Timeout(10)
    void requestNeverBlocksAndFailsAtOnceWhenThereIsNoRoom() {
        peer.thatHolds();
        Relay relay = relays.start(
                Route.from(local).name("full").queue(1, Overflow.BLOCK).to(peer),
                Route.from(peer).to(local));
        CompletableFuture<Message> first =
                local.request(Message.text("first"), LONG).toCompletableFuture();

        CompletableFuture<Message> second =
                local.request(Message.text("second"), LONG).toCompletableFuture();

        assertThat(second).isCompletedExceptionally();
        assertThatThrownBy(second::join)
                .hasRootCauseInstanceOf(AraldoException.class)
                .rootCause()
                .message()
                .matches("request .* was not sent: Outcome\\[kind=DROPPED, reason=OVERFLOW, cause=null]");
        assertThat(relay.ledger().route("full").dropped()).containsEntry(DropReason.OVERFLOW, 1L);
        relays.awaitWarning("relay 'r', 'full': a message dropped: OVERFLOW");
        assertThat(first).isNotDone();
        peer.link().acknowledge(0, Outcome.delivered());
        peerAnswers(sentToPeer(0), "answer");
        assertThat(result(first).payload().text()).isEqualTo("answer");
    }

    @Test
    void replyGoesToTheSessionThatAsked() {
        local.onMessage(
                message -> local.reply(message, "you said " + message.payload().text()));
        relays.start(Route.from(local).to(peer), Route.from(peer).to(local));

        peer.link().receiveFrom("s1", Message.text("{\"data\": \"hello\", \"correlation\": \"c1\"}"));

        Message reply = sentToPeer(0);
        assertThat(reply.payload().text()).isEqualTo("you said hello");
        assertThat(reply.address()).contains("s1");
        assertThat(reply.header(Message.CORRELATION)).contains("c1");
        assertThat(reply.origin()).isEqualTo(Origin.of("r", "local"));
    }

    @Test
    void sendWithoutARelayIsNotWritable() {
        assertThat(local.send("1").toCompletableFuture())
                .isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    @Test
    void lastHandlerCounts() {
        startBothWays();
        List<String> second = new CopyOnWriteArrayList<>();
        local.onMessage(message -> second.add(message.payload().text()));

        peer.receive("{\"data\": \"1\"}");

        until(() -> second.size() == 1);
        assertThat(handled).isEmpty();
    }

    @Test
    void withoutAHandlerMessagesAreTaken() {
        relays.start(Route.from(peer).to(local));

        TestLink.Received received = peer.receive("{\"data\": \"1\"}");

        until(received.outcome()::isDone);
        assertThat(received.now()).isEqualTo(Outcome.delivered());
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> LocalEndpoint.create("two words"))
                .hasMessage("endpoint name: 'two words' (expected: 1 to 64 letters, digits, '.', '_' or '-',"
                        + " the first a letter or a digit)");
        assertThatThrownBy(() -> local.onMessage(null)).hasMessage("handler: null (expected: a value)");
        assertThatThrownBy(() -> local.request(Message.text("x"), Duration.ZERO))
                .hasMessage("timeout: PT0S (expected: > 0)");
    }

    @Test
    void addressNamesTheRelayAndTheEndpoint() {
        Relay relay = startBothWays();

        assertThat(relay.address(local)).hasToString("local:r/local");
        assertThat(local).hasToString("LocalEndpoint.create(\"local\")");
    }
}
