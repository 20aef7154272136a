package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a read ends. */
class ReadEndTest {
    private final List<String> log = new ArrayList<>();

    /** Reads each text letter by letter, as a decoder reads messages. */
    private final class Letters extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object data) {
            for (char letter : data.toString().toCharArray()) {
                log.add("" + letter);
                ReadEnd.run(() -> log.add("end of " + letter));
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ReadEnd.run(() -> log.add("complete"));
            log.add("completing");
        }
    }

    @Test
    void whatIsReadTogetherEndsTogether() {
        EmbeddedChannel channel = new EmbeddedChannel(new ReadEnd(), new Letters());
        channel.writeOneInbound("ab");
        assertThat(log).containsExactly("a", "b", "end of a", "end of b");
        channel.writeOneInbound("c");
        assertThat(log.subList(4, 6)).containsExactly("c", "end of c");
    }

    @Test
    void theCompletionOfReadsIsAReadToo() {
        EmbeddedChannel channel = new EmbeddedChannel(new ReadEnd(), new Letters());
        channel.flushInbound();
        assertThat(log).containsExactly("completing", "complete");
    }

    @Test
    void whereNothingIsReadATaskRunsAtOnce() {
        ReadEnd.run(() -> log.add("at once"));
        assertThat(log).containsExactly("at once");
    }

    @Test
    void aTaskThatThrowsKeepsNoOtherFromItsTurnAndHasNoSecond() {
        EmbeddedChannel channel = new EmbeddedChannel(new ReadEnd(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object data) {
                ReadEnd.run(() -> {
                    log.add("fails at " + data);
                    throw new AssertionError("a task");
                });
                ReadEnd.run(() -> {
                    log.add("fails, too, at " + data);
                    throw new IllegalStateException("another task");
                });
                ReadEnd.run(() -> log.add("end of " + data));
            }
        });
        assertThatThrownBy(() -> channel.writeInbound("a"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a task")
                .hasSuppressedException(new IllegalStateException("another task"));
        assertThat(log).containsExactly("fails at a", "fails, too, at a", "end of a");
        log.clear();
        assertThatThrownBy(() -> channel.writeInbound("b")).hasMessage("a task");
        assertThat(log).containsExactly("fails at b", "fails, too, at b", "end of b");
    }

    @Test
    void aReadThatFailsEndsToo() {
        EmbeddedChannel channel = new EmbeddedChannel(new ReadEnd(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object data) {
                ReadEnd.run(() -> log.add("end"));
                throw new IllegalStateException("while reading");
            }
        });
        channel.writeOneInbound("a");
        assertThat(log).containsExactly("end");
        ReadEnd.run(() -> log.add("at once"));
        assertThat(log).containsExactly("end", "at once");
    }
}
