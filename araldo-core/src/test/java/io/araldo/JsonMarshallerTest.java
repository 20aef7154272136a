package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMarshallerTest {
    private static final Marshaller JSON = Marshaller.json();

    private static final String ALL =
            "{\"data\":\"hello\",\"correlation\":\"c1\",\"headers\":{\"z\":\"1\",\"a\":\"2\"},\"address\":\"s1\","
                    + "\"id\":\"id1\",\"time\":\"2026-01-31T12:00:00.123Z\",\"origin\":{\"relay\":\"r\","
                    + "\"endpoint\":\"e\",\"session\":\"s\",\"principal\":\"p\"},\"hops\":2,\"trail\":[\"x\",\"y\"]}";

    private static Message decode(String json) {
        return JSON.decode(Message.of(Payload.wrapBinary(json.getBytes(StandardCharsets.UTF_8))));
    }

    private static Message withAll() {
        return Message.text("hello")
                .withIdentity("id1", Instant.parse("2026-01-31T12:00:00.123Z"))
                .withHeader("z", "1")
                .withHeader(Message.CORRELATION, "c1")
                .withHeader("a", "2")
                .withAddress("s1")
                .withOrigin(new Origin("r", "e", "s", "p"))
                .withTrail(2, List.of("x", "y"));
    }

    private static void assertSame(Message actual, Message expected) {
        assertThat(actual.payload()).isEqualTo(expected.payload());
        assertThat(actual.headers()).isEqualTo(expected.headers());
        assertThat(actual.address()).isEqualTo(expected.address());
        assertThat(actual.id()).isEqualTo(expected.id());
        assertThat(actual.time()).isEqualTo(expected.time());
        assertThat(actual.origin()).isEqualTo(expected.origin());
        assertThat(actual.hops()).isEqualTo(expected.hops());
        assertThat(actual.trail()).isEqualTo(expected.trail());
    }

    @Test
    void envelopeCarriesEverything() {
        assertThat(JSON.encode(withAll())).isEqualTo(Payload.text(ALL));
    }

    @Test
    void everythingComesBack() {
        assertSame(decode(ALL), withAll());
    }

    @Test
    void littleComesBackAsWell() {
        Message message = Message.text("");

        assertSame(JSON.decode(Message.of(JSON.encode(message))), message);
    }

    @Test
    void binaryComesBack() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Message message = Message.binary(bytes);

        Message decoded = JSON.decode(Message.of(JSON.encode(message)));

        assertThat(decoded.payload()).isEqualTo(message.payload());
        assertThat(JSON.encode(message).text()).startsWith("{\"data_base64\":\"AAECAw");
    }

    @Test
    void randomTextsComeBack() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            String text = random.ints(random.nextInt(50), 0, 0x110000)
                    .filter(codePoint -> codePoint < 0xd800 || codePoint > 0xdfff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            Message message = Message.text(text).withHeader("h", text).withHeader("k" + text, "v");

            assertSame(JSON.decode(Message.of(JSON.encode(message))), message);
        }
    }

    @Test
    void clientNeedsToSendNoMoreThanData() {
        Message wire = Message.of(Payload.text("{\"data\": \"hello\"}"))
                .withOrigin(Origin.of("r", "e"))
                .withHeader("transport", "header");

        Message decoded = JSON.decode(wire);

        assertThat(decoded.payload()).isEqualTo(Payload.text("hello"));
        assertThat(decoded.id()).isEqualTo(wire.id());
        assertThat(decoded.time()).isEqualTo(wire.time());
        assertThat(decoded.origin()).isEqualTo(wire.origin());
        assertThat(decoded.headers()).isEqualTo(Map.of("transport", "header"));
        assertThat(decoded.address()).isEmpty();
        assertThat(decoded.hops()).isZero();
    }

    @Test
    void headersOfTheWireWinOverThoseOfTheEnvelope() {
        Message wire = Message.of(Payload.text("{\"data\": \"x\", \"headers\": {\"a\": \"claimed\", \"b\": \"2\"}}"))
                .withHeader("a", "stamped");

        assertThat(JSON.decode(wire).headers()).isEqualTo(Map.of("a", "stamped", "b", "2"));
    }

    @Test
    void timeCountsWithoutAnId() {
        Message wire = Message.of(Payload.text("{\"data\": \"x\", \"time\": \"2026-01-31T12:00:00Z\"}"));

        assertThat(JSON.decode(wire).time()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(JSON.decode(wire).id()).isEqualTo(wire.id());
    }

    @Test
    void blankIdAndAddressAreNone() {
        Message wire = Message.of(Payload.text("{\"data\": \"x\", \"id\": \" \", \"address\": \"\"}"));

        assertThat(JSON.decode(wire).id()).isEqualTo(wire.id());
        assertThat(JSON.decode(wire).address()).isEmpty();
    }

    static Stream<Arguments> refusals() {
        String expected = " (expected: an object such as {\"data\": \"hello\"})";
        return Stream.of(
                arguments("", "found nothing" + expected + ", at line 1, column 0"),
                arguments("[]", "found [" + expected + ", at line 1, column 1"),
                arguments("\"hello\"", "found VALUE_STRING" + expected + ", at line 1, column 1"),
                arguments("{}", "has no payload (expected: a member data or data_base64)"),
                arguments(
                        "{\"data\": \"x\"} {}",
                        "found more after its end (expected: one object), at line 1, column 15"),
                arguments("{\"data\": 1}", "data: VALUE_NUMBER_INT (expected: a string), at line 1, column 10"),
                arguments("{\"data\": null}", "data: null (expected: a string), at line 1, column 10"),
                arguments(
                        "{\"data\": \"\\ud800\"}",
                        "data: has an unpaired surrogate (expected: text that UTF-8 can carry; send such data as"
                                + " data_base64), at line 1, column 10"),
                arguments(
                        "{\"data\": \"x\",\n \"data_base64\": \"eA==\"}",
                        "a second payload (expected: one of data and data_base64, once), at line 2, column 17"),
                arguments(
                        "{\"data_base64\": \"a b\"}",
                        "data_base64: Illegal base64 character 20 (expected: base64, RFC 4648 section 4),"
                                + " at line 1, column 17"),
                arguments(
                        "{\"text\": \"x\"}",
                        "unknown member 'text' (expected: data, data_base64, correlation, headers, address, id, time,"
                                + " origin, hops, trail), at line 1, column 10"),
                arguments(
                        "{\"a\\nWARN " + "b".repeat(60) + "\": 1}",
                        "unknown member 'a?WARN " + "b".repeat(33) + "…' (expected: data, data_base64, correlation,"
                                + " headers, address, id, time, origin, hops, trail), at line 1, column 74"),
                arguments(
                        "{\"headers\": []}",
                        "headers: [ (expected: an object whose values are strings), at line 1, column 13"),
                arguments(
                        "{\"headers\": {\"a\": 1}}",
                        "headers.a: VALUE_NUMBER_INT (expected: a string), at line 1, column 19"),
                arguments("{\"id\": true}", "id: true (expected: a string), at line 1, column 8"),
                arguments(
                        "{\"time\": \"noon\"}",
                        "time: 'noon' (expected: such as 2026-01-31T12:00:00Z), at line 1, column 10"),
                arguments(
                        "{\"time\": \"+1000000000-12-31T23:59:59Z\"}",
                        "time: '+1000000000-12-31T23:59:59Z' (expected: such as 2026-01-31T12:00:00Z),"
                                + " at line 1, column 10"),
                arguments(
                        "{\"origin\": \"me\"}",
                        "origin: VALUE_STRING (expected: an object whose values are strings), at line 1, column 12"),
                arguments(
                        "{\"hops\": -1}",
                        "hops: VALUE_NUMBER_INT (expected: a whole number from 0 to 65535), at line 1, column 10"),
                arguments(
                        "{\"hops\": 65536}",
                        "hops: VALUE_NUMBER_INT (expected: a whole number from 0 to 65535), at line 1, column 10"),
                arguments(
                        "{\"hops\": 99999999999999999999}",
                        "hops: VALUE_NUMBER_INT (expected: a whole number from 0 to 65535), at line 1, column 10"),
                arguments(
                        "{\"hops\": \"1\"}",
                        "hops: VALUE_STRING (expected: a whole number from 0 to 65535), at line 1, column 10"),
                arguments(
                        "{\"trail\": \"x\"}",
                        "trail: VALUE_STRING (expected: an array of strings), at line 1, column 11"),
                arguments("{\"trail\": [1]}", "trail: VALUE_NUMBER_INT (expected: a string), at line 1, column 12"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalSaysWhatAndWhere(String json, String why) {
        assertThatThrownBy(() -> decode(json))
                .isExactlyInstanceOf(MarshallingException.class)
                .hasMessage("not a JSON envelope: " + why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{\"data\": \"x\"",
                "{\"data\": \"x\", }",
                "{'data': 'x'}",
                "{\"trail\": [\"x\"",
                "\u0000"
            })
    void whatIsNotJsonIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> decode(text))
                .isExactlyInstanceOf(MarshallingException.class)
                .hasMessageMatching("(?s)not a JSON envelope: [^\n]+, at line 1, column \\d+"
                        + " \\(expected: an object such as \\{\"data\": \"hello\"}\\)");
    }

    @Test
    void randomBytesAreDecodedOrRefused() {
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? mutated(random) : noise(random);
            try {
                JSON.decode(Message.of(Payload.wrapBinary(bytes)));
            } catch (MarshallingException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("not a JSON envelope: ").hasSizeLessThan(600);
            }
        }
        assertThat(refused).isBetween(10_000, 19_999);
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A valid envelope with a few bytes changed. */
    private static byte[] mutated(Random random) {
        byte[] bytes = ALL.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : "{}[]\",:0\\u".charAt(random.nextInt(10)));
        }
        return bytes;
    }

    /** JSON can escape what UTF-8 cannot carry; the envelope as a whole must stay valid UTF-8. */
    @Test
    void unpairedSurrogatesOfHeadersComeBack() {
        Message message = Message.text("x").withHeader("a", "1\ud8002").withHeader("b", "\udc00");

        Payload envelope = JSON.encode(message);

        assertThat(Payload.wrapUtf8OrBinary(envelope.bytes()).isText()).isTrue();
        assertThat(JSON.decode(Message.of(envelope)).headers()).isEqualTo(message.headers());
    }

    @Test
    void toStringIsTheCodeThatMakesIt() {
        assertThat(JSON).hasToString("Marshaller.json()");
        assertThat(Marshaller.raw()).hasToString("Marshaller.raw()");
    }

    @Test
    void rawIsThePayloadAlone() {
        Message message = withAll();

        assertThat(Marshaller.raw().encode(message)).isSameAs(message.payload());
        assertThat(Marshaller.raw().decode(message)).isSameAs(message);
    }
}
