package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void newMessageHasNothingButItsPayload() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        Message message = Message.text("hello");

        assertThat(message.payload()).isEqualTo(Payload.text("hello"));
        assertThat(message.headers()).isEmpty();
        assertThat(message.origin()).isEqualTo(Origin.none());
        assertThat(message.origin().isClient()).isFalse();
        assertThat(message.address()).isEmpty();
        assertThat(message.trail()).isEmpty();
        assertThat(message.hops()).isZero();
        assertThat(message.time()).isBetween(before, Instant.now());
    }

    @Test
    void idsAreUnique() {
        Set<String> ids = new HashSet<>();
        IntStream.range(0, 10_000).forEach(i -> ids.add(Message.text("").id()));

        assertThat(ids).hasSize(10_000);
    }

    @Test
    void copiesAreTheSameMessageInAnotherDress() {
        Message message = Message.text("hello");

        List<Message> copies = List.of(
                message.withPayload(Payload.text("other")),
                message.withHeader("a", "b"),
                message.withHeaders(Map.of("a", "b")),
                message.withOrigin(Origin.of("r", "e")),
                message.withAddress("s1"),
                message.withAddress("s1").withoutAddress(),
                message.withTrail(3, List.of("x")));

        assertThat(copies).allMatch(copy -> copy.id().equals(message.id()));
        assertThat(copies).allMatch(copy -> copy.time().equals(message.time()));
        assertThat(copies.get(3).withTrail(1, List.of()).origin()).isEqualTo(Origin.of("r", "e"));
        assertThat(copies.get(1).withPayload(Payload.text("x")).headers()).isEqualTo(Map.of("a", "b"));
        assertThat(copies.get(6).withAddress("s2").trail()).containsExactly("x");
        assertThat(copies.get(6).withAddress("s2").hops()).isEqualTo(3);
        assertThat(copies.get(5).address()).isEmpty();
    }

    @Test
    void originalIsUntouchedByItsCopies() {
        Message message = Message.text("hello").withHeader("a", "1");

        message.withHeader("b", "2");
        message.withAddress("s1");
        message.withPayload(Payload.empty());

        assertThat(message.headers()).isEqualTo(Map.of("a", "1"));
        assertThat(message.address()).isEmpty();
        assertThat(message.payload().text()).isEqualTo("hello");
    }

    @Test
    void headersKeepTheirOrderAndCannotBeChanged() {
        Message message =
                Message.text("x").withHeader("z", "1").withHeader("a", "2").withHeader("z", "3");

        assertThat(message.headers().keySet()).containsExactly("z", "a");
        assertThat(message.header("z")).contains("3");
        assertThat(message.header("Z")).isEmpty();
        assertThatThrownBy(() -> message.headers().put("b", "c")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void givenHeadersAreCopied() {
        Map<String, String> mine = new LinkedHashMap<>(Map.of("a", "1"));
        Message message = Message.text("x").withHeaders(mine);

        mine.put("b", "2");

        assertThat(message.headers()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void trailIsCopied() {
        List<String> mine = new java.util.ArrayList<>(List.of("x"));
        Message message = Message.text("x").withTrail(1, mine);

        mine.add("y");

        assertThat(message.trail()).containsExactly("x");
    }

    @Test
    void whatIsMadeOfAMessageTakesOverItsWayAndItsSender() {
        Origin sender = new Origin("r", "e", "s1", "me");
        Message before = Message.text("x").withOrigin(sender).withTrail(3, List.of("a", "b"));

        Message made = Message.text("y").withTrail(1, List.of("c", "b")).madeOf(before);

        assertThat(made.payload().text()).isEqualTo("y");
        assertThat(made.trail()).containsExactly("a", "b", "c");
        assertThat(made.hops()).isEqualTo(3);
        assertThat(made.origin()).isEqualTo(sender);
    }

    @Test
    void whatIsMadeOfAMessageKeepsWhatItSaysItself() {
        Origin own = Origin.of("r", "other");
        Message before = Message.text("x").withOrigin(Origin.of("r", "e")).withTrail(1, List.of());

        Message made =
                Message.text("y").withOrigin(own).withTrail(4, List.of("a")).madeOf(before);

        assertThat(made.trail()).containsExactly("a");
        assertThat(made.hops()).isEqualTo(4);
        assertThat(made.origin()).isEqualTo(own);
    }

    @Test
    void messageThatChangedNothingOfItsWayIsMadeOfItselfWithoutACopy() {
        Message before = Message.text("x").withOrigin(Origin.of("r", "e")).withTrail(1, List.of("a"));
        Message changed = before.withPayload(Payload.text("y"));

        assertThat(before.madeOf(before)).isSameAs(before);
        assertThat(changed.madeOf(before)).isSameAs(changed);
    }

    @Test
    void identityOfAnotherRelayReplacesOurs() {
        Instant time = Instant.parse("2026-01-31T12:00:00.123Z");

        Message message = Message.text("x").withIdentity("theirs", time);

        assertThat(message.id()).isEqualTo("theirs");
        assertThat(message.time()).isEqualTo(time);
        assertThat(message.withHeader("a", "b").id()).isEqualTo("theirs");
    }

    @Test
    void replyIsForTheSessionThatAsked() {
        Message request = Message.text("question")
                .withOrigin(new Origin("r", "e", "s1", "me"))
                .withHeader("correlation", "c1");

        Message reply = request.reply("answer");

        assertThat(reply.payload().text()).isEqualTo("answer");
        assertThat(reply.address()).contains("s1");
        assertThat(reply.headers()).isEqualTo(Map.of("correlation", "c1"));
        assertThat(reply.id()).isNotEqualTo(request.id());
        assertThat(reply.origin()).isEqualTo(Origin.none());
    }

    @Test
    void replyToWhatHasNoSessionIsForAll() {
        Message request = Message.text("question").withOrigin(Origin.of("r", "e"));

        Message reply = request.reply(Payload.text("answer"));

        assertThat(reply.address()).isEmpty();
        assertThat(reply.header(Message.CORRELATION)).contains(request.id());
    }

    @Test
    void wrongArgumentsAreRefused() {
        Message message = Message.text("x");

        assertThatThrownBy(() -> message.withHeader(" ", "x")).hasMessage("header name: ' ' (expected: not blank)");
        assertThatThrownBy(() -> message.withHeader("a", null)).hasMessage("header a: null (expected: a value)");
        assertThatThrownBy(() -> message.withAddress("")).hasMessage("address: '' (expected: not blank)");
        assertThatThrownBy(() -> message.withIdentity("", Instant.EPOCH)).hasMessage("id: '' (expected: not blank)");
        assertThatThrownBy(() -> message.withPayload(null)).hasMessage("payload: null (expected: a value)");
        assertThatThrownBy(() -> Message.of(null)).hasMessage("payload: null (expected: a value)");
        Map<String, String> holey = new HashMap<>();
        holey.put("a", null);
        assertThatThrownBy(() -> message.withHeaders(holey)).hasMessage("header a: null (expected: a value)");
    }

    @Test
    void toStringTellsWhatIsSet() {
        Message message = Message.text("x").withIdentity("id1", Instant.EPOCH);

        assertThat(message).hasToString("Message[id1, text, 1 bytes: x]");
        assertThat(message.withHeader("a", "b").withAddress("s1"))
                .hasToString("Message[id1, text, 1 bytes: x, headers {a=b}, to s1]");
    }

    /** Whatever is set last: what a message has beside its payload must not depend on the order. */
    @Test
    void eachCopyKeepsAllThatItDoesNotChange() {
        Instant time = Instant.EPOCH;
        Message whole = Message.text("hello")
                .withHeader("a", "b")
                .withAddress("s1")
                .withTrail(3, List.of("redis://h/c"))
                .withIdentity("id-1", time);

        List.of(
                        whole.withHeader("a", "b"),
                        whole.withAddress("s1"),
                        whole.withTrail(3, List.of("redis://h/c")),
                        whole.withIdentity("id-1", time),
                        whole.withContent(whole))
                .forEach(copy -> {
                    assertThat(copy.headers()).isEqualTo(Map.of("a", "b"));
                    assertThat(copy.address()).contains("s1");
                    assertThat(copy.trail()).containsExactly("redis://h/c");
                    assertThat(copy.hops()).isEqualTo(3);
                    assertThat(copy.id()).isEqualTo("id-1");
                });
    }

    @Test
    void contentOfAnotherMessageIsItsPayloadHeadersAndAddress() {
        Message own = Message.text("old").withAddress("s1").withTrail(3, List.of("redis://h/c"));
        Message content = Message.text("new").withHeader("a", "b").withAddress("s2");

        Message both = own.withContent(content);

        assertThat(both.payload().text()).isEqualTo("new");
        assertThat(both.headers()).isEqualTo(Map.of("a", "b"));
        assertThat(both.address()).contains("s2");
        assertThat(both.trail()).containsExactly("redis://h/c");
        assertThat(both.id()).isEqualTo(own.id());
    }
}
