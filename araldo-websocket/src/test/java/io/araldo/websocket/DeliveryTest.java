package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.DropReason;
import io.araldo.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one answer for a message that is due to many. */
class DeliveryTest {
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Delivery delivery = new Delivery(outcomes::add);

    @Test
    void deliveredAtOnceWhenNobodyIsDue() {
        delivery.offered();
        assertThat(outcomes).containsExactly(Outcome.delivered());
    }

    @Test
    void deliveredWithTheFirstSessionThatHasIt() {
        delivery.due();
        delivery.due();
        delivery.offered();
        delivery.written();
        assertThat(outcomes).containsExactly(Outcome.delivered());
        delivery.written();
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void deliveredThoughAnotherWasLostBefore() {
        delivery.due();
        delivery.due();
        delivery.offered();
        delivery.lost(DropReason.NOT_WRITABLE);
        assertThat(outcomes).isEmpty();
        delivery.written();
        assertThat(outcomes).containsExactly(Outcome.delivered());
    }

    @Test
    void droppedWhenTheLastHasGoneWithoutIt() {
        delivery.due();
        delivery.due();
        delivery.offered();
        delivery.lost(DropReason.SLOW_SESSION);
        delivery.lost(DropReason.NOT_WRITABLE);
        assertThat(outcomes).containsExactly(Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    @Test
    void notAnsweredWhileItIsStillBeingOffered() {
        delivery.due();
        delivery.lost(DropReason.NOT_WRITABLE);
        assertThat(outcomes).isEmpty();
        delivery.due();
        delivery.written();
        delivery.offered();
        assertThat(outcomes).containsExactly(Outcome.delivered());
    }
}
