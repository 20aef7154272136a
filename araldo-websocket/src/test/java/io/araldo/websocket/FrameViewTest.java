package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Payload;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameViewTest {
    private static FrameView only(Frame frame) {
        ByteBuffer buffer = frame.view();
        FrameView view = FrameView.next(buffer);
        assertThat(buffer.hasRemaining()).isFalse();
        return view;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 32_768, 65_535, 65_536, 100_000})
    void aFrameOfAnyLengthIsTakenApart(int length) {
        byte[] bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) i);
        FrameView view = only(Frame.message(Payload.binary(bytes)));
        assertThat(view.opcode()).isEqualTo(Frame.BINARY);
        assertThat(view.payload()).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @Test
    void framesAreTakenOneAfterTheOther() {
        Frame text = Frame.message(Payload.text("grüße"));
        ByteBuffer both = ByteBuffer.allocate(2 * text.size() + Frame.ping().size());
        both.put(text.view()).put(Frame.ping().view()).put(text.view()).flip();
        assertThat(FrameView.next(both).text()).isEqualTo("grüße");
        assertThat(FrameView.next(both).opcode()).isEqualTo(Frame.PING);
        assertThat(FrameView.next(both).text()).isEqualTo("grüße");
        assertThat(both.hasRemaining()).isFalse();
    }

    @Test
    void aCloseFrameTellsCodeAndReason() {
        assertThat(only(Frame.close(new CloseCode(3001, "genügt"))).closeCode())
                .isEqualTo(new CloseCode(3001, "genügt"));
    }

    @Test
    void aReasonThatIsTooLongIsCutBetweenCharacters() {
        CloseCode code = new CloseCode(1008, "x" + "ü".repeat(100));
        assertThat(code.reasonInFrame()).isEqualTo("x" + "ü".repeat(61));
        assertThat(only(Frame.close(code)).closeCode().reason()).isEqualTo(code.reasonInFrame());
    }
}
