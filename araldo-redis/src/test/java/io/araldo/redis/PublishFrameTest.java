package io.araldo.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Payload;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishFrameTest {
    private static ByteBuf written(String channel, Payload payload) {
        ByteBuf buffer = Unpooled.buffer();
        new PublishFrame(channel).write(payload, buffer);
        return buffer;
    }

    @Test
    void frameIsAnArrayOfThreeBulkStrings() {
        assertThat(written("chat", Payload.text("hello")).toString(UTF_8))
                .isEqualTo("*3\r\n$7\r\nPUBLISH\r\n$4\r\nchat\r\n$5\r\nhello\r\n");
    }

    @Test
    void lengthsAreThoseOfTheBytes() {
        assertThat(written("köln", Payload.text("wörld")).toString(UTF_8))
                .isEqualTo("*3\r\n$7\r\nPUBLISH\r\n$5\r\nköln\r\n$6\r\nwörld\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 99, 100, 8_191, 8_192, 8_193, 100_000, 1_234_567})
    void framesOfAllSizesAreWhatTheClientItselfWouldWrite(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        ByteBuf expected = Unpooled.buffer();
        new Command<>(
                        CommandType.PUBLISH,
                        new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                        new CommandArgs<>(ByteArrayCodec.INSTANCE)
                                .addKey("chat".getBytes(UTF_8))
                                .addValue(bytes))
                .encode(expected);

        assertThat(written("chat", Payload.wrapBinary(bytes))).isEqualTo(expected);
    }

    @Test
    void oneFrameWriterWritesManyMessages() {
        PublishFrame frame = new PublishFrame("c");
        ByteBuf buffer = Unpooled.buffer();
        frame.write(Payload.text("0123456789"), buffer);
        int first = buffer.readableBytes();
        frame.write(Payload.text("x"), buffer);
        assertThat(buffer.slice(0, first)).isEqualTo(written("c", Payload.text("0123456789")));
        assertThat(buffer.slice(first, buffer.readableBytes() - first)).isEqualTo(written("c", Payload.text("x")));
    }
}
