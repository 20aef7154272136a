package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.araldo.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Frames as they go to clients. */
class FrameTest {
    private static byte[] bytes(Frame frame) {
        byte[] bytes = new byte[frame.size()];
        frame.view().get(bytes);
        return bytes;
    }

    private static byte[] header(int payloadBytes) {
        byte[] frame = bytes(Frame.message(Payload.wrapBinary(new byte[payloadBytes])));
        return Arrays.copyOf(frame, frame.length - payloadBytes);
    }

    @Test
    void textAndBinaryHaveTheirOpcodes() {
        assertThat(bytes(Frame.message(Payload.text("hi")))).containsExactly(0x81, 2, 'h', 'i');
        assertThat(bytes(Frame.message(Payload.binary(new byte[] {7})))).containsExactly(0x82, 1, 7);
    }

    @Test
    void theLengthTakesTheShortestForm() {
        assertThat(header(0)).containsExactly(0x82, 0);
        assertThat(header(125)).containsExactly(0x82, 125);
        assertThat(header(126)).containsExactly(0x82, 126, 0, 126);
        assertThat(header(65_535)).containsExactly(0x82, 126, 0xff, 0xff);
        assertThat(header(65_536)).containsExactly(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void eachViewHasItsOwnPosition() {
        Frame frame = Frame.message(Payload.text("hi"));
        ByteBuffer one = frame.view();
        one.get();
        assertThat(frame.view().remaining()).isEqualTo(4);
    }

    @Test
    void aCloseFrameCarriesCodeAndReason() {
        assertThat(bytes(Frame.close(new CloseCode(1001, "bye")))).containsExactly(0x88, 5, 3, 0xe9, 'b', 'y', 'e');
        assertThat(Frame.close(CloseCode.GOING_AWAY).isClose()).isTrue();
        assertThat(Frame.ping().isClose()).isFalse();
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        byte[] payload = new CloseCode(1000, "ü".repeat(100)).payload();
        assertThat(payload).hasSize(2 + 122);
        assertThat(new String(payload, 2, 122, StandardCharsets.UTF_8)).isEqualTo("ü".repeat(61));
    }

    @Test
    void codesThatMustNotBeSentAreRefused() {
        for (int code : new int[] {0, 999, 1002, 1004, 1005, 1006, 1015, 2999, 5000}) {
            assertThatIllegalArgumentException()
                    .as("%d", code)
                    .isThrownBy(() -> CloseCode.checked(code, ""))
                    .withMessageStartingWith("code: " + code + " (expected: ");
        }
        assertThat(CloseCode.checked(4000, "why").reason()).isEqualTo("why");
    }

    @Test
    void aReasonThatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CloseCode.checked(1000, "x".repeat(124)))
                .withMessage("reason: '124 bytes' (expected: at most 123 bytes of UTF-8)");
    }
}
