package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    /** From the one that counts least to the one that counts most. */
    private static final List<Outcome> RANKED = List.of(
            Outcome.filtered(),
            Outcome.delivered(),
            Outcome.dropped(DropReason.OVERFLOW),
            Outcome.deadLettered(),
            Outcome.failed(new IllegalStateException("boom")),
            Outcome.unknown());

    @Test
    void worseOneCountsForTheWhole() {
        for (int i = 0; i < RANKED.size(); i++) {
            for (int k = 0; k < RANKED.size(); k++) {
                assertThat(RANKED.get(i).and(RANKED.get(k))).isSameAs(RANKED.get(Math.max(i, k)));
            }
        }
    }

    @Test
    void firstOfTwoAlikeCounts() {
        Outcome first = Outcome.dropped(DropReason.LOOP);

        assertThat(first.and(Outcome.dropped(DropReason.HOPS))).isSameAs(first);
    }

    @Test
    void failedAndUnknownLeaveAMessagePending() {
        assertThat(RANKED).filteredOn(Outcome::isSettled).isEqualTo(RANKED.subList(0, 4));
    }

    @Test
    void everyKindIsRanked() {
        assertThat(RANKED).extracting(Outcome::kind).containsExactly(Outcome.Kind.values());
    }
}
