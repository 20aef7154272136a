package io.araldo;

import static io.araldo.Waiting.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters, maps, routers and handlers: what they do, and what becomes of a message when they fail. */
@ExtendWith(ThreadLeakExtension.class)
class StepTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final MockEndpoint in = MockEndpoint.create("in");
    private final MockEndpoint out = MockEndpoint.create("out");
    private final MockEndpoint other = MockEndpoint.create("other");
    private Relay relay;

    private void start(Route... routes) {
        relay = relays.start(routes);
    }

    private RouteBuilder route() {
        return Route.from(in).name("route");
    }

    private Outcome receive(String text) {
        return result(in.receive(text));
    }

    private static List<String> texts(MockEndpoint endpoint) {
        return endpoint.sent().stream().map(message -> message.payload().text()).toList();
    }

    private static UnaryOperator<Message> append(String more) {
        return message -> message.withPayload(Payload.text(message.payload().text() + more));
    }

    private Ledger.RouteCount count() {
        return relay.ledger().route("route");
    }

    @Test
    void filterKeepsMessagesBack() {
        start(route().filter(message -> message.payload().text().startsWith("yes"))
                .to(out));

        assertThat(receive("no")).isEqualTo(Outcome.filtered());
        assertThat(receive("yes")).isEqualTo(Outcome.delivered());

        assertThat(texts(out)).containsExactly("yes");
        assertThat(count().filtered()).isEqualTo(1);
        assertThat(count().routed()).isEqualTo(1);
    }

    @Test
    void stepsRunInTheirOrder() {
        start(route().map(append("1"))
                .filter(message -> message.payload().text().equals("m1"))
                .map(append("2"))
                .to(out));

        receive("m");

        assertThat(texts(out)).containsExactly("m12");
    }

    @Test
    void mapOfOneRouteDoesNotChangeWhatAnotherSees() {
        start(route().map(append("!")).to(out), Route.from(in).to(other));

        receive("m");

        assertThat(texts(out)).containsExactly("m!");
        assertThat(texts(other)).containsExactly("m");
    }

    @Test
    void routerChoosesByHeader() {
        relays.expectWarnings();
        start(route().to(Router.byHeader("to"), out, other));

        Outcome chosen = result(in.receive(Message.text("m").withHeader("to", "other")));
        Outcome unknown = result(in.receive(Message.text("m").withHeader("to", "nobody")));
        Outcome none = receive("m");

        assertThat(texts(other)).containsExactly("m");
        assertThat(texts(out)).isEmpty();
        assertThat(chosen).isEqualTo(Outcome.delivered());
        assertThat(unknown.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(none).isEqualTo(Outcome.filtered());
        assertThat(count().failed()).isEqualTo(1);
        assertThat(count().filtered()).isEqualTo(1);
    }

    @Test
    void exceptionOfAFilterFailsItsMessageAlone() {
        IllegalStateException boom = new IllegalStateException("boom");
        AtomicInteger calls = new AtomicInteger();
        start(route().filter(message -> {
                    if (calls.incrementAndGet() == 1) {
                        throw boom;
                    }
                    return true;
                })
                .to(out));

        Outcome first = receive("1");
        Outcome second = receive("2");

        assertThat(first).isEqualTo(Outcome.failed(boom));
        assertThat(second).isEqualTo(Outcome.delivered());
        assertThat(count().failed()).isEqualTo(1);
        assertThat(relays.warnings())
                .containsExactly("relay 'r', 'route': a message failed: java.lang.IllegalStateException: boom, at "
                        + boom.getStackTrace()[0]);
    }

    @Test
    void errorOfAMapFailsItsMessageAlone() {
        StackOverflowError boom = new StackOverflowError("boom");
        AtomicInteger calls = new AtomicInteger();
        start(route().map(message -> {
                    if (calls.incrementAndGet() == 1) {
                        throw boom;
                    }
                    return message;
                })
                .to(out));

        assertThat(receive("1")).isEqualTo(Outcome.failed(boom));
        assertThat(receive("2")).isEqualTo(Outcome.delivered());

        assertThat(count().failed()).isEqualTo(1);
        assertThat(relays.warnings()).hasSize(1);
    }

    @Test
    void mapThatReturnsNullIsAFailure() {
        start(route().map(message -> null).to(out));

        Outcome outcome = receive("m");

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(outcome.cause()).hasMessage("map: returned null (expected: a message; use filter to drop one)");
        assertThat(count().failed()).isEqualTo(1);
        assertThat(count().filtered()).isZero();
        relays.awaitWarning("map: returned null");
    }

    @Test
    void routerThatChoosesAnUndeclaredTargetIsAFailure() {
        start(route().to((message, targets) -> List.of(in), out, other));

        Outcome outcome = receive("m");

        assertThat(outcome.cause())
                .hasMessage("router of 'route' chose 'in' (expected: of the targets that the route declares: [out,"
                        + " other])");
        assertThat(count().failed()).isEqualTo(1);
        assertThat(relays.warnings())
                .containsExactly("relay 'r', 'route': a message failed: router of 'route' chose 'in'"
                        + " (expected: of the targets that the route declares: [out, other])");
    }

    @Test
    void routerThatChoosesNullIsAFailureThatListsTheTargets() {
        relays.expectWarnings();
        start(
                route().to((message, targets) -> Arrays.asList(out, null), out, other),
                Route.from(in).name("second").to((message, targets) -> null, out, other));

        Outcome outcome = receive("m");

        String declared = " (expected: of the targets that the route declares: [out, other])";
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(texts(out)).isEmpty();
        assertThat(count().failed()).isEqualTo(1);
        assertThat(relay.ledger().route("second").failed()).isEqualTo(1);
        relays.awaitWarning("router of 'route' chose null" + declared);
        relays.awaitWarning("router of 'second' chose null instead of a list" + declared);
    }

    @Test
    void tableOrChoiceWithAnUndeclaredTargetIsAFailure() {
        relays.expectWarnings();
        MockEndpoint stranger = MockEndpoint.create("stranger");
        start(
                route().to(Router.byHeader("to", Map.of("x", stranger, "y", out)), out, other),
                Route.from(in).name("second").to(Router.by(message -> stranger), out, other));

        Outcome outcome = result(in.receive(Message.text("m").withHeader("to", "x")));

        assertThat(outcome.cause())
                .hasMessageEndingWith(
                        "chose 'stranger' (expected: of the targets that the route declares: [out, other])");
        assertThat(count().failed()).isEqualTo(1);
        assertThat(relay.ledger().route("second").failed()).isEqualTo(1);
    }

    @Test
    void targetThatIsChosenTwiceGetsTheMessageOnce() {
        start(route().to((message, targets) -> List.of(out, other, out), out, other));

        receive("m");

        assertThat(texts(out)).containsExactly("m");
        assertThat(texts(other)).containsExactly("m");
    }

    @Test
    void routerThatThrowsOrAnswersNullIsAFailure() {
        relays.expectWarnings();
        AtomicInteger calls = new AtomicInteger();
        IllegalStateException boom = new IllegalStateException("boom");
        start(route().to(
                        (message, targets) -> {
                            if (calls.incrementAndGet() == 1) {
                                throw boom;
                            }
                            return calls.get() == 2 ? null : targets;
                        },
                        out,
                        other));

        assertThat(receive("1")).isEqualTo(Outcome.failed(boom));
        assertThat(receive("2").kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(receive("3")).isEqualTo(Outcome.delivered());
        assertThat(count().failed()).isEqualTo(2);
    }

    @Test
    void handlerThatThrowsFailsTheLegAlone() {
        LocalEndpoint handling = LocalEndpoint.create("handling");
        AssertionError boom = new AssertionError("boom");
        handling.onMessage(message -> {
            if (message.payload().text().equals("bad")) {
                throw boom;
            }
        });
        start(route().to(handling));

        assertThat(receive("bad")).isEqualTo(Outcome.failed(boom));
        assertThat(receive("good")).isEqualTo(Outcome.delivered());

        Ledger.LegCount leg = relay.ledger().leg("route", "handling");
        assertThat(leg.failed()).isEqualTo(1);
        assertThat(leg.delivered()).isEqualTo(1);
        assertThat(relays.warnings()).hasSize(1);
    }

    @Test
    void failuresOfOneKindAreOneLineASecond() {
        start(route().filter(message -> {
                    if (message.payload().text().equals("other kind")) {
                        throw new IllegalArgumentException("other kind");
                    }
                    throw new IllegalStateException(message.payload().text());
                })
                .to(out));

        for (int i = 1; i <= 10; i++) {
            receive("number " + i);
        }
        receive("other kind");

        List<RelayEvent.MessagesFailed> events = relays.awaitEvents(3, RelayEvent.MessagesFailed.class);
        assertThat(events).extracting(RelayEvent.MessagesFailed::count).containsExactly(1L, 1L, 9L);
        assertThat(events.get(2).cause()).hasMessage("number 10");
        List<String> lines = relays.warnings().stream()
                .map(line -> line.replaceFirst(", at .*", ""))
                .toList();
        assertThat(lines)
                .containsExactly(
                        "relay 'r', 'route': a message failed: java.lang.IllegalStateException: number 1",
                        "relay 'r', 'route': a message failed: java.lang.IllegalArgumentException: other kind",
                        "relay 'r', 'route': 9 messages failed: java.lang.IllegalStateException: number 10");
    }

    @Test
    void byKeyHashSendsEqualKeysToOneTarget() {
        start(route().to(Router.byKeyHash(message -> message.payload().text()), out, other));
        List<String> keys = Arrays.asList("a", "b", "c", "d", "e", "f", "g", "h");

        keys.forEach(this::receive);
        keys.forEach(this::receive);

        assertThat(texts(out)).isNotEmpty().doesNotContainAnyElementsOf(texts(other));
        assertThat(texts(other)).isNotEmpty();
        keys.forEach(key -> assertThat(texts(out).contains(key) ? texts(out) : texts(other))
                .filteredOn(key::equals)
                .hasSize(2));
    }

    @Test
    void errorThatCannotBeDescribedFailsItsMessageAlone() {
        AtomicInteger calls = new AtomicInteger();
        start(route().filter(message -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new Unspeakable();
                    }
                    return true;
                })
                .to(out));

        assertThat(receive("1").cause()).isInstanceOf(Unspeakable.class);
        assertThat(receive("2")).isEqualTo(Outcome.delivered());

        assertThat(relays.warnings())
                .containsExactly("relay 'r', 'route': a message failed: " + Unspeakable.class.getName()
                        + ", which throws when it is asked for its text");
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }
}
