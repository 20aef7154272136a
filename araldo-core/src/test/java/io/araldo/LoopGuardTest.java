package io.araldo;

import static io.araldo.Waiting.until;
import static io.araldo.Waiting.untilAsserted;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A message is kept from where it has been, and from going on for ever. */
@ExtendWith(ThreadLeakExtension.class)
class LoopGuardTest {
    @RegisterExtension
    private final Relays relays = new Relays();

    private final TestEndpoint x = TestEndpoint.with("x", Marshaller.json()).on("redis://h/x");
    private final TestEndpoint y = TestEndpoint.with("y", Marshaller.json()).on("redis://h/y");
    private final TestEndpoint browsers = TestEndpoint.named("browsers");

    /** As the link of an echoing endpoint hands over what another relay has written. */
    private static void receive(TestEndpoint endpoint, Message message, String resource) {
        Message wire = Message.of(endpoint.marshaller().encode(message)).withTrail(1, List.of(resource));
        endpoint.link().receive(wire);
    }

    @Test
    void messageIsNotWrittenToWhereItWasRead() {
        Relay relay = relays.start(Route.from(x).to(x, browsers));

        receive(x, Message.text("hello"), "redis://h/x");

        until(() -> browsers.sentTexts().equals(List.of("hello")));
        assertThat(x.sentTexts()).isEmpty();
        assertThat(relay.ledger().leg("x->x,browsers", "x").dropped()).containsEntry(DropReason.LOOP, 1L);
        relays.awaitWarning("LOOP");
    }

    @Test
    void trailTravelsInTheEnvelope() {
        Relay relay = relays.start(Route.from(x).to(y), Route.from(y).to(x));

        receive(x, Message.text("hello"), "redis://h/x");
        until(() -> !y.link().sent.isEmpty());
        Message there = Marshaller.json().decode(y.link().sent.get(0).message());
        assertThat(there.trail()).containsExactly("redis://h/x");
        assertThat(there.hops()).isEqualTo(1);

        receive(y, there, "redis://h/y");
        until(() -> relay.ledger().leg("y->x", "x").dropped().getOrDefault(DropReason.LOOP, 0L) == 1);
        assertThat(x.sentTexts()).isEmpty();
        relays.awaitWarning("LOOP");
    }

    @Test
    void messageThatHasComeTooFarIsDropped() {
        relays.expectWarnings();
        Relay relay = relays.start(Route.from(x).to(browsers));

        IntStream.rangeClosed(6, 9)
                .forEach(hops -> receive(x, Message.text("" + hops).withTrail(hops, List.of()), "redis://h/x"));

        until(() -> relay.ledger().leg("x->browsers", "browsers").offered() == 4);
        assertThat(browsers.sentTexts()).containsExactly("6", "7");
        assertThat(relay.ledger().leg("x->browsers", "browsers").dropped()).containsEntry(DropReason.HOPS, 2L);
    }

    @Test
    void allowedLoopGoesRoundForItsHops() {
        relays.expectWarnings();
        Relay relay = relays.start(Route.from(x).allowLoop(3).to(x));

        IntStream.rangeClosed(1, 4)
                .forEach(hops ->
                        receive(x, Message.text("" + hops).withTrail(hops, List.of("redis://h/x")), "redis://h/x"));

        until(() -> relay.ledger().leg("x->x", "x").offered() == 4);
        assertThat(x.link().sent).hasSize(2);
        assertThat(relay.ledger().leg("x->x", "x").dropped()).containsEntry(DropReason.HOPS, 2L);
    }

    /** What is written comes back to the reader, as it does from a channel. */
    private static void echo(TestEndpoint endpoint, String resource) {
        endpoint.handingTo(sent ->
                endpoint.link().receive(Message.of(sent.message().payload()).withTrail(1, List.of(resource))));
    }

    @Test
    void circleThroughAMapThatMakesNewMessagesEnds() {
        echo(x, "redis://h/x");
        echo(y, "redis://h/y");
        Relay relay = relays.start(
                Route.from(x)
                        .map(message -> Message.text(message.payload().text() + "!"))
                        .to(y),
                Route.from(y).to(x));

        receive(x, Message.text("hello"), "redis://h/x");

        until(() -> relay.ledger().leg("y->x", "x").offered() > 0);
        assertThat(relay.ledger().leg("y->x", "x").dropped()).containsEntry(DropReason.LOOP, 1L);
        assertThat(relay.ledger().leg("x->y", "y").offered()).isEqualTo(1);
        relays.awaitWarning("LOOP");
    }

    @Test
    void circleThroughASplitThatMakesNewMessagesEnds() {
        relays.expectWarnings();
        echo(x, "redis://h/x");
        echo(y, "redis://h/y");
        Relay relay = relays.start(
                Route.from(x)
                        .split(message -> List.of(Message.text("a"), message.reply("b")))
                        .to(y),
                Route.from(y).to(x));

        receive(x, Message.text("hello"), "redis://h/x");

        until(() -> relay.ledger().leg("y->x", "x").offered() >= 2);
        assertThat(relay.ledger().leg("y->x", "x").dropped()).containsEntry(DropReason.LOOP, 2L);
        assertThat(relay.ledger().leg("x->y", "y").offered()).isEqualTo(2);
    }

    @Test
    void hopsOfANewMessageGoOnFromThoseOfItsPredecessor() {
        relays.expectWarnings();
        Relay relay =
                relays.start(Route.from(x).map(message -> Message.text("new")).to(browsers));

        receive(x, Message.text("old").withTrail(8, List.of()), "redis://h/x");

        until(() -> relay.ledger().leg("x->browsers", "browsers").offered() == 1);
        assertThat(relay.ledger().leg("x->browsers", "browsers").dropped()).containsEntry(DropReason.HOPS, 1L);
    }

    @Test
    void newMessageIsFromTheSenderOfItsPredecessor() {
        TestEndpoint clients = TestEndpoint.named("clients");
        relays.start(
                Route.from(clients).map(message -> Message.text("mapped")).to(x),
                Route.from(clients)
                        .split(message -> List.of(Message.text("part")))
                        .to(y));

        clients.link().receiveFrom("session", Message.text("hello"));

        until(() -> !x.link().sent.isEmpty() && !y.link().sent.isEmpty());
        for (TestEndpoint channel : List.of(x, y)) {
            Message there = Marshaller.json().decode(channel.link().sent.get(0).message());
            assertThat(there.origin()).isEqualTo(new Origin("r", "clients", "session", null));
        }
    }

    @Test
    void allowedLoopReachesTapsAndDeadLetters() {
        relays.expectWarnings();
        Relay relay = relays.start(
                Route.from(x).name("tapping").allowLoop(3).tap(x).to(browsers),
                Route.from(y)
                        .name("failing")
                        .allowLoop(3)
                        .filter(message -> {
                            throw new IllegalStateException("no");
                        })
                        .deadLetter(y)
                        .to(browsers));

        for (int hops : List.of(2, 3)) {
            receive(x, Message.text("m").withTrail(hops, List.of("redis://h/x")), "redis://h/x");
            receive(y, Message.text("m").withTrail(hops, List.of("redis://h/y")), "redis://h/y");
        }

        Ledger.LegCount expected = new Ledger.LegCount(2, 1, 0, 0, Map.of(DropReason.HOPS, 1L), 0);
        untilAsserted(() -> {
            assertThat(relay.ledger().tap("tapping", "x")).isEqualTo(expected);
            assertThat(relay.ledger().leg("failing", "y")).isEqualTo(expected);
        });
    }
}
