package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.araldo.Payload;
import io.araldo.websocket.FrameDecoder.Sender;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers may send, byte by byte. */
class FrameDecoderTest {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int TEXT_BEGUN = 0x01;
    private static final int BINARY_BEGUN = 0x02;
    private static final int CONTINUED = 0x00;
    private static final int CONTINUED_END = 0x80;
    private static final int PING = 0x89;
    private static final int CLOSE = 0x88;
    private static final byte[] EURO = "€".getBytes(StandardCharsets.UTF_8);

    private final Received received = new Received();
    private final FrameDecoder decoder = new FrameDecoder(Sender.CLIENT, 1_000, received);

    /** What was received, in its order: payloads, and control frames as they came. */
    private static final class Received implements FrameDecoder.Receiver {
        final List<Object> all = new ArrayList<>();

        @Override
        public void message(Payload payload) {
            all.add(payload);
        }

        @Override
        public void control(ByteBuffer frame) {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            all.add(ByteBuffer.wrap(bytes));
        }
    }

    private void accept(byte[]... frames) {
        accept(decoder, ByteBuffer.wrap(joined(frames)));
    }

    private static void accept(FrameDecoder decoder, ByteBuffer data) {
        while (data.hasRemaining()) {
            decoder.next(data);
        }
    }

    private static byte[] joined(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    private static byte[] frame(int firstByte, int length) {
        return frame(firstByte, new byte[length]);
    }

    private static byte[] frame(int firstByte, byte[] payload) {
        return frame(firstByte, payload, 0xa1b2c3d4 + payload.length);
    }

    /** With a mask that shows, unlike that of {@link RawClient#frame}. */
    private static byte[] frame(int firstByte, byte[] payload, int mask) {
        byte[] frame = RawClient.frame(firstByte, payload);
        int start = frame.length - payload.length;
        ByteBuffer.wrap(frame).putInt(start - 4, mask);
        for (int i = start; i < frame.length; i++) {
            frame[i] ^= (byte) (mask >>> (24 - 8 * ((i - start) & 3)));
        }
        return frame;
    }

    private void assertViolation(int code, String reason) {
        assertThat(decoder.violation()).isEqualTo(new CloseCode(code, reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 999, 1_000})
    void aMessageIsUnmasked(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        accept(frame(BINARY, bytes));
        assertThat(received.all).containsExactly(Payload.binary(bytes));
        assertThat(decoder.violation()).isNull();
    }

    @Test
    void textIsText() {
        accept(frame(TEXT, "a €".getBytes(StandardCharsets.UTF_8)), frame(TEXT, 0));
        assertThat(received.all).containsExactly(Payload.text("a €"), Payload.text(""));
    }

    @Test
    void fragmentsArePutTogether() {
        accept(
                frame(TEXT_BEGUN, new byte[] {'a', EURO[0]}),
                frame(CONTINUED, new byte[] {EURO[1]}),
                frame(CONTINUED, 0),
                frame(CONTINUED_END, new byte[] {EURO[2], 'b'}));
        accept(frame(BINARY_BEGUN, 0), frame(CONTINUED_END, 0));
        assertThat(received.all).containsExactly(Payload.text("a€b"), Payload.binary(new byte[0]));
    }

    @Test
    void controlFramesGoOnAsTheyCameAndWhenTheyCame() {
        byte[] ping = frame(PING, "there?".getBytes(StandardCharsets.US_ASCII));
        byte[] pong = frame(0x8a, 0);
        accept(frame(BINARY_BEGUN, 1), ping, frame(CONTINUED_END, 1), pong);
        assertThat(received.all)
                .containsExactly(ByteBuffer.wrap(ping), Payload.binary(new byte[2]), ByteBuffer.wrap(pong));
    }

    @Test
    void oneFrameIsTakenAtATime() {
        byte[] one = frame(TEXT, 5);
        ByteBuffer data = ByteBuffer.wrap(joined(one, one));
        decoder.next(data);
        assertThat(received.all).hasSize(1);
        assertThat(data.position()).isEqualTo(one.length);
    }

    /** Would each copy all those before it, they would take 2 GiB. */
    @Test
    void manyFragmentsTakeMemoryInProportion() {
        int count = 1 << 16;
        FrameDecoder large = new FrameDecoder(Sender.CLIENT, 2 * count, received);
        byte[] middle = frame(CONTINUED, 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        accept(large, ByteBuffer.wrap(frame(BINARY_BEGUN, 1)));
        for (int i = 1; i < count; i++) {
            accept(large, ByteBuffer.wrap(middle));
        }
        accept(large, ByteBuffer.wrap(frame(CONTINUED_END, 1)));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 20);
        assertThat(received.all).containsExactly(Payload.binary(new byte[count + 1]));
    }

    @Test
    void aControlFrameWhoseShortLengthIsWrittenLongIsAViolation() {
        accept(new byte[] {(byte) PING, (byte) (0x80 | 126), 0, 5});
        assertViolation(1002, "control frame of more than 125 bytes");
    }

    /** An array of that length is more than any machine allows. */
    @Test
    void whatIsAnnouncedTakesNoMemory() {
        FrameDecoder large = new FrameDecoder(Sender.CLIENT, Integer.MAX_VALUE, received);
        accept(large, ByteBuffer.wrap(RawClient.header(BINARY, Integer.MAX_VALUE)));
        accept(large, ByteBuffer.wrap(new byte[1_000]));
        assertThat(large.violation()).isNull();
    }

    @Test
    void aFrameWithoutAMaskIsAViolation() {
        accept(frame(TEXT, 5), new byte[] {(byte) TEXT, 1, 'x'});
        assertThat(received.all).hasSize(1);
        assertViolation(1002, "frame without a mask");
    }

    @ParameterizedTest
    @CsvSource({
        "0xc1, 1, frame with a reserved bit",
        "0xa1, 1, frame with a reserved bit",
        "0x99, 1, frame with a reserved bit",
        "0x83, 1, frame with opcode 3",
        "0x87, 1, frame with opcode 7",
        "0x8b, 1, frame with opcode 11",
        "0x8f, 1, frame with opcode 15",
        "0x09, 1, control frame in fragments",
        "0x08, 2, control frame in fragments",
        "0x89, 126, control frame of more than 125 bytes",
        "0x8a, 70000, control frame of more than 125 bytes",
        "0x80, 1, continuation of no message",
        "0x00, 1, continuation of no message"
    })
    void aFrameThatMustNotBeIsAViolation(String firstByte, int length, String reason) {
        accept(frame(TEXT, 5), frame(Integer.decode(firstByte), length), frame(TEXT, 5), frame(PING, 1));
        assertThat(received.all).hasSize(1);
        assertViolation(1002, reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY, TEXT_BEGUN, BINARY_BEGUN})
    void aMessageWithinAnotherIsAViolation(int firstByte) {
        accept(frame(TEXT_BEGUN, 5), frame(firstByte, 5), frame(CONTINUED_END, 5));
        assertThat(received.all).isEmpty();
        assertViolation(1002, "message within another");
    }

    @Test
    void aContinuationOfAMessageThatHasEndedIsAViolation() {
        accept(frame(TEXT_BEGUN, 5), frame(CONTINUED_END, 5), frame(CONTINUED_END, 5));
        assertThat(received.all).hasSize(1);
        assertViolation(1002, "continuation of no message");
    }

    @Test
    void textThatIsNotUtf8IsAViolation() {
        accept(frame(TEXT_BEGUN, EURO), frame(CONTINUED_END, new byte[] {EURO[0], EURO[1]}), frame(TEXT, 1));
        assertThat(received.all).isEmpty();
        assertViolation(1007, "text that is not UTF-8");
    }

    @Test
    void aMessageOverTheLimitIsAViolationBeforeItsPayloadComes() {
        byte[] header = RawClient.header(TEXT, 1_001);
        accept(Arrays.copyOf(header, header.length - 4));
        assertViolation(1009, "message of more than 1000 bytes");
    }

    @Test
    void aLengthOf63BitsIsAViolation() {
        accept(RawClient.header(TEXT, Long.MAX_VALUE));
        assertViolation(1009, "message of more than 1000 bytes");
    }

    @Test
    void aNegativeLengthIsAViolation() {
        byte[] header = RawClient.header(TEXT, Long.MAX_VALUE);
        header[2] = (byte) 0xff;
        accept(header);
        assertViolation(1009, "message of more than 1000 bytes");
    }

    @Test
    void theFragmentsOfAMessageAreSummed() {
        accept(frame(TEXT_BEGUN, 600), frame(PING, 100), frame(CONTINUED, 400), frame(CONTINUED_END, 1));
        assertThat(received.all).hasSize(1);
        assertViolation(1009, "message of more than 1000 bytes");
    }

    @Test
    void theSumBeginsAnewWithEachMessage() {
        byte[] message = joined(frame(TEXT_BEGUN, 600), frame(CONTINUED_END, 400));
        accept(message, message, frame(TEXT, 1_000), message);
        assertThat(received.all).hasSize(4);
    }

    @Test
    void aCloseFrameIsSeenWhenItBegins() {
        byte[] close = frame(CLOSE, 2);
        accept(frame(TEXT, 3));
        assertThat(decoder.closeSeen()).isFalse();
        accept(Arrays.copyOf(close, 2));
        assertThat(decoder.closeSeen()).isTrue();
        assertThat(received.all).hasSize(1);
        accept(Arrays.copyOfRange(close, 2, close.length));
        assertThat(received.all).last().isEqualTo(ByteBuffer.wrap(close));
    }

    @Test
    void aCloseFrameIsSeenAfterAViolationToo() {
        accept(frame(TEXT, 2_000), new byte[] {(byte) TEXT, 3, 'x', 'y', 'z'}, frame(PING, 126), frame(TEXT, 10));
        assertThat(decoder.closeSeen()).isFalse();
        accept(frame(CLOSE, 2));
        assertThat(decoder.closeSeen()).isTrue();
        assertViolation(1009, "message of more than 1000 bytes");
        assertThat(received.all).isEmpty();
    }

    /** Messages and control frames at random, cut into fragments and reads at random. */
    @Test
    void theSameComesOutHoweverTheStreamIsSliced() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Object> expected = new ArrayList<>();
            byte[] stream = stream(random, expected);
            Received sliced = new Received();
            FrameDecoder sut = new FrameDecoder(Sender.CLIENT, 5_000, sliced);
            int from = 0;
            while (from < stream.length) {
                int length = Math.min(stream.length - from, 1 + random.nextInt(random.nextBoolean() ? 3 : 4_000));
                accept(sut, ByteBuffer.wrap(stream, from, length));
                from += length;
            }
            assertThat(sliced.all).as("seed " + seed).isEqualTo(expected);
            assertThat(sut.violation()).isNull();
        }
    }

    private static byte[] stream(Random random, List<Object> expected) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            boolean isText = random.nextBoolean();
            byte[] whole = isText ? someText(random) : someBytes(random, random.nextInt(5_000));
            int opcode = isText ? TEXT_BEGUN : BINARY_BEGUN;
            for (int from = 0, to = -1; to < whole.length; from = to, opcode = CONTINUED) {
                to = random.nextBoolean() ? whole.length : from + random.nextInt(whole.length - from + 1);
                int firstByte = to < whole.length ? opcode : opcode | 0x80;
                stream.writeBytes(frame(firstByte, Arrays.copyOfRange(whole, from, to), random.nextInt()));
                if (to == whole.length) {
                    expected.add(isText ? Payload.wrapText(whole) : Payload.wrapBinary(whole));
                }
                if (random.nextInt(4) == 0) {
                    byte[] ping = frame(PING, someBytes(random, random.nextInt(126)), random.nextInt());
                    stream.writeBytes(ping);
                    expected.add(ByteBuffer.wrap(ping));
                }
            }
        }
        return stream.toByteArray();
    }

    private static byte[] someBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] someText(Random random) {
        int[] alphabet = random.nextBoolean() ? new int[] {'a', ' '} : new int[] {'z', 'ä', '€', 0x1f600};
        int[] text = random.ints(random.nextInt(1_000), 0, alphabet.length)
                .map(i -> alphabet[i])
                .toArray();
        return new String(text, 0, text.length).getBytes(StandardCharsets.UTF_8);
    }
}
