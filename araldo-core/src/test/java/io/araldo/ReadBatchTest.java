package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a transport reads together is written together. */
class ReadBatchTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint in = TestEndpoint.named("in");
    private final TestEndpoint out = TestEndpoint.named("out");
    private TestLink source;
    private TestLink target;

    @BeforeEach
    void start() {
        relays.start(Route.from(in).queue(10, Overflow.DROP_OLDEST).to(out));
        source = in.link();
        target = out.link();
    }

    private void receive(int count) {
        for (int i = 0; i < count; i++) {
            source.receive(Message.text("hello"));
        }
    }

    @Test
    void eachMessageIsFlushedByItself() {
        receive(3);
        assertThat(target.flushes).hasValue(3);
    }

    @Test
    void aBatchIsSentAtOnceAndFlushedAtItsEnd() {
        source.inbox.batch(() -> {
            receive(3);
            assertThat(target.sent).hasSize(3);
            assertThat(target.flushes).hasValue(0);
        });
        assertThat(target.flushes).hasValue(1);
    }

    /** Otherwise a batch could fill the route, which is waiting for what nobody has flushed. */
    @Test
    void aRouteThatIsHalfFullIsFlushedBefore() {
        out.thatHolds();
        source.inbox.batch(() -> {
            receive(5);
            assertThat(target.flushes).hasValue(0);
            receive(1);
            assertThat(target.flushes).hasValue(1);
        });
    }

    @Test
    void aBatchLeavesNothingToTheNext() {
        source.inbox.batch(() -> receive(1));
        source.inbox.batch(() -> {});
        assertThat(target.flushes).hasValue(1);
    }

    @Test
    void aBatchWithinABatchIsPartOfIt() {
        source.inbox.batch(() -> {
            source.inbox.batch(() -> receive(1));
            assertThat(target.flushes).hasValue(0);
        });
        assertThat(target.flushes).hasValue(1);
    }

    @Test
    void aFlushThatFailsIsDoneOnceAndKeepsTheOthersFromNothing() {
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        source.inbox.batch(() -> {
            ReadBatch.putOff(() -> {
                failed.incrementAndGet();
                throw new AssertionError("boom");
            });
            ReadBatch.putOff(others::incrementAndGet);
        });
        source.inbox.batch(() -> {});

        assertThat(failed).hasValue(1);
        assertThat(others).hasValue(1);
        relays.awaitWarning("a flush failed: java.lang.AssertionError: boom");
    }

    @Test
    void aFlushMayReadItself() {
        AtomicBoolean first = new AtomicBoolean(true);
        target.onFlush(() -> {
            if (first.getAndSet(false)) {
                source.inbox.batch(() -> receive(1));
            }
        });

        source.inbox.batch(() -> receive(1));

        assertThat(target.sent).hasSize(2);
        assertThat(target.flushes).hasValue(2);
    }

    @Test
    void aBatchThatFailsIsFlushedToo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> source.inbox.batch(() -> {
                    receive(1);
                    throw new IllegalStateException("while reading");
                }));
        receive(1);
        assertThat(target.sent).extracting(TestLink.Sent::text).isEqualTo(List.of("hello", "hello"));
        assertThat(target.flushes).hasValue(2);
    }
}
