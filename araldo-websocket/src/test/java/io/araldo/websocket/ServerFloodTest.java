package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Overflow;
import io.araldo.testing.SmallHeap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that floods a server whose other clients are slow: drops are counted, or it is held back; memory suffices. */
class ServerFloodTest {
    private static final int SECONDS = Integer.getInteger("araldo.flood.seconds", 2);

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void floodOfTheLargestMessagesIsCountedToTheLastInLittleMemory(Overflow policy) throws InterruptedException {
        String output = SmallHeap.run(ServerFlood.class, policy.name(), "" + SECONDS);

        assertThat(output).contains("exact: ").doesNotContain("OutOfMemory");
        assertThat(output.contains("dropped 0,")).isEqualTo(policy == Overflow.BLOCK);
    }
}
