package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as a client sends them, and as it takes them (RFC 6455 sections 5.1 and 5.3). */
class MaskedFrameTest {
    @Test
    void theExampleOfTheRfcIsMaskedAsThere() {
        byte[] hello =
                Frame.message(Payload.text("Hello")).masked(0x37fa213d).view().array();
        assertThat(hello).containsExactly(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
    void maskingKeepsHeaderAndPayloadApartAtAllLengths(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i * 31);
        }
        byte[] plain = Frame.message(Payload.binary(payload)).view().array();
        byte[] masked =
                Frame.message(Payload.binary(payload)).masked(0x01020304).view().array();
        int header = plain.length - length;
        assertThat(masked).hasSize(plain.length + 4);
        assertThat(masked[0]).isEqualTo(plain[0]);
        assertThat(masked[1]).isEqualTo((byte) (plain[1] | 0x80));
        for (int i = 0; i < length; i++) {
            assertThat((byte) (masked[header + 4 + i] ^ (i & 3) + 1)).isEqualTo(payload[i]);
        }
    }

    @Test
    void everyFrameHasAKeyOfItsOwn() {
        MaskingKeys keys = new MaskingKeys();
        Set<Integer> drawn = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            drawn.add(keys.next());
        }
        assertThat(drawn.size()).isGreaterThan(4_990);
    }

    @Test
    void aServerMustNotMaskAndItsMessagesAreBounded() {
        List<Payload> received = new ArrayList<>();
        FrameDecoder decoder = decoder(received);
        Frame five = Frame.message(Payload.text("12345"));
        decoder.next(five.view());
        decoder.next(Frame.close(CloseCode.GOING_AWAY).view());
        assertThat(received).containsExactly(Payload.text("12345"));
        assertThat(decoder.closeSeen()).isTrue();
        assertThat(decoder.violation()).isNull();
        decoder.next(Frame.message(Payload.text("123456")).view());
        assertThat(decoder.violation().code()).isEqualTo(1009);
        FrameDecoder other = decoder(received);
        other.next(five.masked(1).view());
        assertThat(other.violation()).isEqualTo(new CloseCode(1002, "frame with a mask"));
    }

    private static FrameDecoder decoder(List<Payload> received) {
        return new FrameDecoder(FrameDecoder.Sender.SERVER, 5, new FrameDecoder.Receiver() {
            @Override
            public void message(Payload payload) {
                received.add(payload);
            }

            @Override
            public void control(ByteBuffer frame) {}
        });
    }
}
