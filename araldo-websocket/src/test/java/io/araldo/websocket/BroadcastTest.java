package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.DropReason;
import io.araldo.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one answer for a message that is for several rooms. */
class BroadcastTest {
    private static final Outcome LOST = Outcome.dropped(DropReason.NOT_WRITABLE);

    private final List<Outcome> outcomes = new ArrayList<>();
    private final Broadcast broadcast = new Broadcast(outcomes::add, 2);

    @Test
    void deliveredWithTheFirstThatHasIt() {
        broadcast.acknowledge(Outcome.delivered());
        broadcast.acknowledge(LOST);
        assertThat(outcomes).containsExactly(Outcome.delivered());
    }

    @Test
    void deliveredThoughOneWasLostBefore() {
        broadcast.acknowledge(LOST);
        assertThat(outcomes).isEmpty();
        broadcast.acknowledge(Outcome.delivered());
        assertThat(outcomes).containsExactly(Outcome.delivered());
    }

    @Test
    void droppedWhenNobodyGotIt() {
        broadcast.acknowledge(LOST);
        broadcast.acknowledge(LOST);
        assertThat(outcomes).containsExactly(LOST);
    }
}
