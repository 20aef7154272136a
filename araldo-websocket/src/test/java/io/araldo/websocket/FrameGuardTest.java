package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What clients may send, byte by byte. */
class FrameGuardTest {
    private static final int TEXT = 0x81;
    private static final int TEXT_BEGUN = 0x01;
    private static final int CONTINUED = 0x00;
    private static final int CONTINUED_END = 0x80;
    private static final int PING = 0x89;
    private static final int CLOSE = 0x88;

    private final FrameGuard guard = new FrameGuard(1_000);

    private int accept(byte[] bytes) {
        return accept(guard, ByteBuffer.wrap(bytes));
    }

    /** How many bytes are in order. */
    private static int accept(FrameGuard guard, ByteBuffer data) {
        int good = 0;
        while (data.hasRemaining()) {
            good += guard.next(data).remaining();
        }
        return good;
    }

    private static byte[] frames(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    private static byte[] frame(int firstByte, int length) {
        return RawClient.frame(firstByte, new byte[length]);
    }

    @Test
    void goodFramesPassWhole() {
        byte[] good = frames(frame(TEXT, 0), frame(TEXT, 125), frame(PING, 125), frame(TEXT, 126), frame(TEXT, 1_000));
        assertThat(accept(good)).isEqualTo(good.length);
        assertThat(guard.violation()).isNull();
    }

    @Test
    void aFrameWithoutAMaskIsAViolation() {
        byte[] good = frame(TEXT, 5);
        assertThat(accept(frames(good, new byte[] {(byte) TEXT, 1, 'x'}))).isEqualTo(good.length);
        assertThat(guard.violation().code()).isEqualTo(1002);
    }

    @Test
    void aMessageOverTheLimitIsAViolationBeforeItsPayloadComes() {
        assertThat(accept(RawClient.header(TEXT, 1_001))).isZero();
        assertThat(guard.violation().code()).isEqualTo(1009);
    }

    @Test
    void aLengthOf63BitsIsAViolation() {
        assertThat(accept(RawClient.header(TEXT, Long.MAX_VALUE))).isZero();
        assertThat(guard.violation().code()).isEqualTo(1009);
    }

    @Test
    void aNegativeLengthIsAViolation() {
        byte[] header = RawClient.header(TEXT, Long.MAX_VALUE);
        header[2] = (byte) 0xff;
        assertThat(accept(header)).isZero();
        assertThat(guard.violation().code()).isEqualTo(1009);
    }

    @Test
    void theFragmentsOfAMessageAreSummed() {
        byte[] good = frames(frame(TEXT_BEGUN, 600), frame(PING, 100), frame(CONTINUED, 400));
        assertThat(accept(frames(good, frame(CONTINUED_END, 1)))).isEqualTo(good.length);
        assertThat(guard.violation().code()).isEqualTo(1009);
    }

    @Test
    void theSumBeginsAnewWithEachMessage() {
        byte[] message = frames(frame(TEXT_BEGUN, 600), frame(CONTINUED_END, 400));
        byte[] all = frames(message, message, frame(TEXT, 1_000), message);
        assertThat(accept(all)).isEqualTo(all.length);
    }

    @Test
    void aLongControlFrameIsAViolation() {
        assertThat(accept(RawClient.header(PING, 126))).isZero();
        assertThat(guard.violation().code()).isEqualTo(1002);
    }

    @Test
    void aCloseFrameIsSeen() {
        accept(frame(TEXT, 3));
        assertThat(guard.closeSeen()).isFalse();
        accept(frame(CLOSE, 2));
        assertThat(guard.closeSeen()).isTrue();
    }

    @Test
    void aCloseFrameIsSeenAfterAViolationToo() {
        byte[] bad = frames(frame(TEXT, 2_000), new byte[] {(byte) TEXT, 3, 'x', 'y', 'z'}, frame(PING, 126));
        assertThat(accept(bad)).isZero();
        assertThat(accept(frame(TEXT, 10))).isZero();
        assertThat(guard.closeSeen()).isFalse();
        assertThat(accept(frame(CLOSE, 2))).isZero();
        assertThat(guard.closeSeen()).isTrue();
        assertThat(guard.violation().code()).isEqualTo(1009);
    }

    @Test
    void aViolationIsFoundHoweverTheStreamIsSliced() {
        byte[] good = frames(frame(TEXT, 300), frame(TEXT_BEGUN, 700), frame(PING, 7), frame(CONTINUED_END, 300));
        byte[] all = frames(good, RawClient.header(TEXT, 70_000), new byte[500]);
        for (int seed = 0; seed < 200; seed++) {
            assertSliced(all, good.length, new Random(seed));
        }
    }

    private static void assertSliced(byte[] all, int good, Random random) {
        FrameGuard sliced = new FrameGuard(1_000);
        int accepted = 0;
        int from = 0;
        while (from < all.length && sliced.violation() == null) {
            int length = Math.min(all.length - from, 1 + random.nextInt(random.nextBoolean() ? 3 : 400));
            accepted += accept(sliced, ByteBuffer.wrap(all, from, length));
            from += length;
        }
        assertThat(sliced.violation().code()).isEqualTo(1009);
        assertThat(accepted).isBetween(good, good + 9);
    }

    @Test
    void piecesAreTheWholeInOrder() {
        for (int size :
                new int[] {1, FrameGuard.PIECE_BYTES, FrameGuard.PIECE_BYTES + 1, 3 * FrameGuard.PIECE_BYTES - 1}) {
            byte[] frame = RawClient.frame(0x82, new byte[size]);
            ByteBuffer data = ByteBuffer.allocate(frame.length + 7)
                    .put(3, frame)
                    .position(3)
                    .limit(frame.length + 3);
            ByteBuffer joined = ByteBuffer.allocate(frame.length);
            FrameGuard large = new FrameGuard(Integer.MAX_VALUE);
            while (data.hasRemaining()) {
                ByteBuffer piece = large.next(data);
                assertThat(piece.remaining()).isBetween(1, FrameGuard.PIECE_BYTES);
                joined.put(piece);
            }
            assertThat(joined.array()).isEqualTo(frame);
        }
    }

    @Test
    void aPieceEndsWithSoManyFrames() {
        byte[] frame = frame(TEXT, 5);
        ByteBuffer data = ByteBuffer.allocate(150 * frame.length);
        while (data.hasRemaining()) {
            data.put(frame);
        }
        data.flip();

        assertThat(guard.next(data).remaining()).isEqualTo(64 * frame.length);
        assertThat(guard.next(data).remaining()).isEqualTo(64 * frame.length);
        assertThat(guard.next(data).remaining()).isEqualTo(22 * frame.length);
        assertThat(data.hasRemaining()).isFalse();
    }
}
