package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(ThreadLeakExtension.class)
class MockEndpointTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final MockEndpoint in = MockEndpoint.create("in");
    private final MockEndpoint out = MockEndpoint.create("out", Marshaller.json());
    private final Route route = Route.from(in).to(out);

    @Test
    void rememberedIsWhatTheMarshallerWrote() {
        relays.start(route);

        in.receive(Message.text("hello").withHeader("a", "b"));

        assertThat(out.sent()).hasSize(1);
        assertThat(out.sent().get(0).payload().text())
                .startsWith("{\"data\":\"hello\",\"headers\":{\"a\":\"b\"},")
                .contains("\"origin\":{\"relay\":\"r\",\"endpoint\":\"in\"}");
    }

    @Test
    void sessionOfAClientIsKept() {
        relays.start(route);

        in.receive(Message.text("hello").withOrigin(new Origin("r", "in", "s1", null)));

        assertThat(out.sent().get(0).payload().text()).contains("\"session\":\"s1\"");
    }

    @Test
    void sentIsACopy() {
        relays.start(route);
        in.receive("1");
        var before = out.sent();

        in.receive("2");
        assertThat(before).hasSize(1);
        out.clear();

        assertThat(out.sent()).isEmpty();
    }

    @Test
    void answersAsItIsTold() {
        relays.start(route);
        out.answer(Outcome.unknown());

        assertThat(in.receive("1").toCompletableFuture()).isCompletedWithValue(Outcome.unknown());
    }

    @Test
    void oldestIsForgottenBeyondWhatItRemembers() {
        MockEndpoint raw = MockEndpoint.create("raw");
        relays.start(Route.from(in).to(raw));

        IntStream.rangeClosed(0, MockEndpoint.REMEMBERED).forEach(i -> in.receive("m" + i));

        assertThat(raw.sent()).hasSize(MockEndpoint.REMEMBERED);
        assertThat(raw.sent().get(0).payload().text()).isEqualTo("m1");
    }

    @Test
    void oldestIsForgottenBeyondTheLimitInBytes() {
        MockEndpoint raw = MockEndpoint.create("raw");
        relays.start(Route.from(in).to(raw));
        byte[] half = new byte[(int) (MockEndpoint.REMEMBERED_BYTES / 2)];

        IntStream.range(0, 3).forEach(i -> in.receive(Message.binary(half)));
        assertThat(raw.sent()).hasSize(2);

        in.receive(Message.binary(new byte[half.length + half.length + 1]));
        assertThat(raw.sent()).hasSize(1);
    }

    @Test
    void lostLinkIsReplaced() {
        relays.start(relays.builder(route).backoff(Backoff.fullJitter(Duration.ofMillis(1), Duration.ofMillis(1))));

        in.lose("pulled");

        assertThat(relays.awaitEvents(1, RelayEvent.LinkLost.class).get(0).cause())
                .hasMessage("mock endpoint 'in': pulled");
        relays.awaitEvents(1, RelayEvent.Gap.class);
        relays.awaitWarning("mock endpoint 'in': pulled");
        assertThat(in.receive("1").toCompletableFuture()).isCompletedWithValue(Outcome.delivered());
    }

    @Test
    void withoutARelayNothingIsReceivedOrLost() {
        in.lose("nothing there");

        assertThat(in.receive("1").toCompletableFuture())
                .isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> MockEndpoint.create("-x"))
                .hasMessage("endpoint name: '-x' (expected: 1 to 64 letters, digits, '.', '_' or '-',"
                        + " the first a letter or a digit)");
        assertThatThrownBy(() -> MockEndpoint.create("x", null)).hasMessage("marshaller: null (expected: a value)");
        assertThatThrownBy(() -> in.answer(null)).hasMessage("outcome: null (expected: a value)");
    }

    @Test
    void tellsWhatItIs() {
        Relay relay = relays.start(route);

        assertThat(in.canWait()).isFalse();
        assertThat(in).hasToString("MockEndpoint.create(\"in\")");
        assertThat(relay.address(in)).hasToString("mock:r/in");
    }
}
