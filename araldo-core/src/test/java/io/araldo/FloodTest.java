package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.SmallHeap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flood ends in drops that are counted, or in a source that is held back; never in a lack of memory. */
class FloodTest {
    private static final int SECONDS = Integer.getInteger("araldo.flood.seconds", 2);

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void floodIsCountedToTheLastMessageInLittleMemory(Overflow policy) throws InterruptedException {
        String output = SmallHeap.run(Flood.class, policy.name(), "" + SECONDS);

        assertThat(output).contains("exact: ").doesNotContain("OutOfMemory");
        assertThat(output.contains("dropped 0,")).isEqualTo(policy == Overflow.BLOCK);
    }
}
