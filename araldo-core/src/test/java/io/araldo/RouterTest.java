package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RouterTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final Endpoint a = MockEndpoint.create("a");
    private final Endpoint b = MockEndpoint.create("b");
    private final Endpoint c = MockEndpoint.create("c");
    private final List<Endpoint> targets = List.of(a, b, c);

    @Test
    void allIsAll() {
        assertThat(Router.all().route(Message.text("x"), targets)).isEqualTo(targets);
    }

    @Test
    void byHeaderIsTheTargetOfThatName() {
        Router router = Router.byHeader("to");

        assertThat(router.route(Message.text("x").withHeader("to", "b"), targets))
                .containsExactly(b);
        assertThat(router.route(Message.text("x"), targets)).isEmpty();
        assertThatThrownBy(() -> router.route(Message.text("x").withHeader("to", "B"), targets))
                .hasMessage("header 'to': 'B' is for no target (expected: one of a, b, c)");
    }

    @Test
    void byHeaderAndTableIsTheTargetOfThatValue() {
        Map<String, Endpoint> table = new HashMap<>(Map.of("x", a, "y", c));
        Router router = Router.byHeader("to", table);
        table.put("z", b);

        assertThat(router.route(Message.text("m").withHeader("to", "y"), targets))
                .containsExactly(c);
        assertThat(router.route(Message.text("m"), targets)).isEmpty();
        assertThatThrownBy(() -> router.route(Message.text("m").withHeader("to", "z"), targets))
                .hasMessage("header 'to': 'z' is for no target (expected: one of x, y)");
    }

    @Test
    void whatAHeaderHoldsIsShownInPartAndOnOneLine() {
        Message message = Message.text("m").withHeader("to", "x\ny" + "z".repeat(100));

        assertThatThrownBy(() -> Router.byHeader("to").route(message, targets))
                .hasMessage("header 'to': 'x?y" + "z".repeat(61) + "…' is for no target (expected: one of a, b, c)");
    }

    @Test
    void nameOfNoTargetIsACountedFailure() {
        relays.expectWarnings();
        LocalEndpoint in = LocalEndpoint.create("in");
        Relay relay = relays.start(Route.from(in).name("route").to(Router.byHeader("to"), a, b));

        Outcome outcome = Waiting.result(in.send(Message.text("m").withHeader("to", "c")));

        assertThat(outcome.cause()).hasMessage("header 'to': 'c' is for no target (expected: one of a, b)");
        assertThat(relay.ledger().route("route").failed()).isEqualTo(1);
    }

    @Test
    void byIsTheTargetThatTheFunctionChooses() {
        Router router = Router.by(message -> message.payload().size() > 3 ? a : b);

        assertThat(router.route(Message.text("long"), targets)).containsExactly(a);
        assertThat(router.route(Message.text("m"), targets)).containsExactly(b);
    }

    @Test
    void nullIsNoChoice() {
        assertThatThrownBy(() -> Router.by(message -> null).route(Message.text("m"), targets))
                .hasMessage("by: the choice is null (expected: a value)");
        assertThatThrownBy(() -> Router.byKeyHash(message -> null).route(Message.text("m"), targets))
                .hasMessage("byKeyHash: the key is null (expected: a value)");
    }

    @Test
    void byKeyHashIsTheSameInEveryProcess() {
        Router router = Router.byKeyHash(message -> message.payload().text());

        assertThat(Stream.of("a", "b", "c", "d", "e", "f")
                        .map(key -> router.route(Message.text(key), targets).get(0)))
                .containsExactly(b, a, a, b, b, a);
    }

    @Test
    void byKeyHashIsAlwaysTheSameTargetForAKey() {
        Router router = Router.byKeyHash(message -> message.payload().text());

        for (int i = 0; i < 100; i++) {
            String key = "key" + i;
            assertThat(router.route(Message.text(key), targets))
                    .hasSize(1)
                    .isEqualTo(router.route(Message.text(key), targets));
        }
    }

    @Test
    void byKeyHashSpreadsKeys() {
        Router router =
                Router.byKeyHash(message -> Integer.valueOf(message.payload().text()));

        Map<Endpoint, Long> spread = IntStream.range(0, 3_000)
                .mapToObj(i ->
                        router.route(Message.text(String.valueOf(i)), targets).get(0))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(spread.keySet()).containsExactlyInAnyOrderElementsOf(targets);
        assertThat(spread.values()).allMatch(count -> count > 700 && count < 1_300);
    }

    @Test
    void byKeyHashTakesAnyHash() {
        for (int hash : new int[] {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE}) {
            assertThat(Router.byKeyHash(message -> hash).route(Message.text("x"), targets))
                    .hasSize(1);
        }
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> Router.byHeader(" ")).hasMessage("header: ' ' (expected: not blank)");
        assertThatThrownBy(() -> Router.byHeader("to", null)).hasMessage("targets: null (expected: a value)");
        assertThatThrownBy(() -> Router.by(null)).hasMessage("choice: null (expected: a value)");
        assertThatThrownBy(() -> Router.byKeyHash(null)).hasMessage("key: null (expected: a value)");
    }
}
