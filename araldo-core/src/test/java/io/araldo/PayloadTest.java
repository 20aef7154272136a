package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private static byte[] hex(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    @Test
    void textIsItsUtf8Bytes() {
        Payload payload = Payload.text("grüße €😀");

        assertThat(payload.isText()).isTrue();
        assertThat(payload.text()).isEqualTo("grüße €😀");
        assertThat(payload.bytes()).isEqualTo("grüße €😀".getBytes(StandardCharsets.UTF_8));
        assertThat(payload.size()).isEqualTo(15);
    }

    @Test
    void emptyIsText() {
        assertThat(Payload.empty()).isEqualTo(Payload.text(""));
        assertThat(Payload.empty().size()).isZero();
    }

    @Test
    void binaryHasNoText() {
        Payload payload = Payload.binary(new byte[] {1, 2, 3});

        assertThat(payload.isText()).isFalse();
        assertThatThrownBy(payload::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("payload is binary, 3 bytes (expected: text; use bytes())");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00", "a\ud83d", "\ud83da", "\ude00\ud83d", "x\ud83d\ud83d\ude00"})
    void textWithAnUnpairedSurrogateIsRefused(String text) {
        assertThatThrownBy(() -> Payload.text(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text: has an unpaired surrogate"
                        + " (expected: text that UTF-8 can carry; send such data as binary)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "61",
                "61 62 63 64 65 66 67 68 69",
                "7f",
                "c2 80",
                "df bf",
                "e0 a0 80",
                "ed 9f bf",
                "ee 80 80",
                "ef bf bf",
                "f0 90 80 80",
                "f4 8f bf bf",
                "61 62 63 64 65 66 67 c3 bc",
                "61 62 63 64 65 66 67 68 c3 bc"
            })
    void validUtf8IsText(String hex) {
        byte[] bytes = hex.isEmpty() ? new byte[0] : hex(hex);

        Payload payload = Payload.wrapUtf8OrBinary(bytes);

        assertThat(payload.isText()).isTrue();
        assertThat(payload.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c2",
                "c0 80",
                "c1 bf",
                "e0 80 80",
                "e0 9f bf",
                "ed a0 80",
                "ed bf bf",
                "e2 82",
                "f0 80 80 80",
                "f4 90 80 80",
                "f5 80 80 80",
                "ff",
                "61 62 63 64 65 66 67 80",
                "61 62 63 64 65 66 67 68 80"
            })
    void invalidUtf8IsBinary(String hex) {
        Payload payload = Payload.wrapUtf8OrBinary(hex(hex));

        assertThat(payload.isText()).isFalse();
        assertThat(payload.bytes()).isEqualTo(hex(hex));
    }

    @Test
    void randomBytesAreTextExactlyWhenTheySurviveDecoding() {
        Random random = new Random(42);
        int texts = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(128));
            }
            byte[] again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            boolean isText = Payload.wrapUtf8OrBinary(bytes).isText();
            assertThat(isText).as(Arrays.toString(bytes)).isEqualTo(Arrays.equals(bytes, again));
            texts += isText ? 1 : 0;
        }
        assertThat(texts).isBetween(1, 19_999);
    }

    @Test
    void equalBytesOfOneKindAreEqual() {
        byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);

        assertThat(Payload.text("x")).isEqualTo(Payload.wrapText(bytes)).hasSameHashCodeAs(Payload.wrapText(bytes));
        assertThat(Payload.binary(bytes)).isEqualTo(Payload.wrapBinary(bytes));
        assertThat(Payload.text("x")).isNotEqualTo(Payload.binary(bytes));
        assertThat(Payload.text("x")).isNotEqualTo(Payload.text("y"));
        assertThat(Payload.text("x")).isNotEqualTo("x");
    }

    @Test
    void binaryDoesNotShareTheCallersArray() {
        byte[] mine = {1, 2, 3};
        Payload payload = Payload.binary(mine);

        mine[0] = 9;

        assertThat(payload.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void bytesAreACopy() {
        Payload payload = Payload.binary(new byte[] {1, 2, 3});

        payload.bytes()[0] = 9;

        assertThat(payload.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void byteBufferIsReadOnlyAndHasItsOwnPosition() {
        Payload payload = Payload.binary(new byte[] {1, 2, 3});
        ByteBuffer buffer = payload.asByteBuffer();

        assertThat(buffer.get()).isEqualTo((byte) 1);

        assertThat(payload.asByteBuffer().remaining()).isEqualTo(3);
        assertThatThrownBy(() -> buffer.put((byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void copyToFillsFromTheOffsetOn() {
        byte[] target = new byte[5];

        Payload.binary(new byte[] {1, 2, 3}).copyTo(target, 1);

        assertThat(target).containsExactly(0, 1, 2, 3, 0);
        assertThatThrownBy(() -> Payload.binary(new byte[] {1, 2, 3}).copyTo(target, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(target).containsExactly(0, 1, 2, 3, 0);
    }

    @Test
    void toStringShowsTheBeginningOnOneLine() {
        assertThat(Payload.text("short")).hasToString("text, 5 bytes: short");
        assertThat(Payload.text("x".repeat(41))).hasToString("text, 41 bytes: " + "x".repeat(40) + "…");
        assertThat(Payload.text("x".repeat(39) + "😀")).hasToString("text, 43 bytes: " + "x".repeat(39) + "…");
        assertThat(Payload.text("a\nWARN forged\u0007")).hasToString("text, 14 bytes: a?WARN forged?");
        assertThat(Payload.binary(new byte[] {1})).hasToString("binary, 1 bytes");
    }
}
