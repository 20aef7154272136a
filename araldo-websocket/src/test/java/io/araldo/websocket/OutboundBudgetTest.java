package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Payload;
import org.junit.jupiter.api.Test;

class OutboundBudgetTest {
    private static final Frame FRAME = Frame.message(Payload.binary(new byte[98]));

    private final OutboundBudget budget = new OutboundBudget(1_000);

    @Test
    void aFrameForManyCountsOnceUntilTheLastHasIt() {
        OutboundBudget.Holding holding = budget.hold(FRAME, 3);
        holding.release();
        holding.release();
        assertThat(budget.addressed()).isEqualTo(100);
        holding.release();
        assertThat(budget.addressed()).isZero();
    }

    @Test
    void aSessionMayHaveMoreUntilItHasAsMuchAsIsFree() {
        for (int i = 0; i < 5; i++) {
            budget.hold(FRAME, 1);
        }
        assertThat(budget.allowsBeside(500)).isTrue();
        assertThat(budget.refusals()).isZero();
        assertThat(budget.allowsBeside(501)).isFalse();
        assertThat(budget.refusals()).isEqualTo(1);
    }

    @Test
    void aSessionThatHasNothingGetsOneWhateverOthersHave() {
        budget.hold(Frame.message(Payload.binary(new byte[2_000])), 1);
        assertThat(budget.allowsBeside(0)).isTrue();
        assertThat(budget.allowsBeside(1)).isFalse();
    }

    @Test
    void whatIsAddressedTakesNothingFromTheLogs() {
        budget.hold(FRAME, 1);
        assertThat(budget.allows(1_000)).isTrue();
        budget.take(1_000);
        assertThat(budget.allows(1)).isFalse();
        assertThat(budget.allowsBeside(900)).isTrue();
        budget.giveBack(1);
        assertThat(budget.allows(1)).isTrue();
        assertThat(budget.used()).isEqualTo(999);
    }
}
