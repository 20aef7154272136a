package io.araldo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int BYTES = 130;

    private final List<String> seen = new ArrayList<>();
    private final FrameReader reader = new FrameReader(BYTES, new Arrivals() {
        @Override
        public void message(long number, long nanos) {
            seen.add(number + " at " + nanos);
        }

        @Override
        public void pong(ByteBuffer frame) {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            seen.add("pong " + List.of(bytes[0], bytes[1], bytes[6], bytes[7]));
        }
    });

    private static void message(ByteBuffer to, long number, long nanos) {
        to.put((byte) 0x81).put((byte) 126).putShort((short) BYTES);
        Stamp.put(to, to.position(), number, nanos);
        to.position(to.position() + BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 31, 32, 33, 134, 135, 1_000})
    void framesMayBeCutAnywhere(int piece) {
        ByteBuffer frames = ByteBuffer.allocate(1_000);
        message(frames, 7, Long.MAX_VALUE);
        frames.put(new byte[] {(byte) 0x89, 2, 5, 6});
        message(frames, (1L << 40) - 1, 0);
        message(frames, 0xABCDEF, 0x123456789L);
        frames.flip();

        while (frames.hasRemaining()) {
            ByteBuffer next = frames.slice(frames.position(), Math.min(piece, frames.remaining()));
            frames.position(frames.position() + next.remaining());
            reader.read(next);
        }

        assertThat(seen)
                .containsExactly(
                        "7 at " + Long.MAX_VALUE,
                        "pong " + List.of((byte) 0x8A, (byte) 0x82, (byte) 5, (byte) 6),
                        ((1L << 40) - 1) + " at 0",
                        0xABCDEF + " at " + 0x123456789L);
    }
}
