package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which messages a pong confirms. */
class ConfirmationsTest {
    private final Confirmations confirmations = new Confirmations();

    private PeerMessage add() {
        PeerMessage message = new PeerMessage(outcome -> {}, 10, bytes -> {});
        confirmations.add(message);
        return message;
    }

    private List<PeerMessage> confirm(byte[] payload) {
        return confirmations.confirmedBy(ByteBuffer.wrap(payload));
    }

    @Test
    void aPongConfirmsWhatWasSentBeforeItsFence() {
        PeerMessage first = add();
        PeerMessage second = add();
        byte[] fence = confirmations.fence();
        PeerMessage third = add();
        assertThat(confirm(fence)).containsExactly(first, second);
        assertThat(confirm(fence)).as("the same pong again").isEmpty();
        assertThat(confirm(confirmations.fence())).containsExactly(third);
        assertThat(confirmations.size()).isZero();
    }

    @Test
    void aLaterPongConfirmsEarlierFencesToo() {
        PeerMessage first = add();
        byte[] skipped = confirmations.fence();
        PeerMessage second = add();
        assertThat(confirm(confirmations.fence())).containsExactly(first, second);
        assertThat(confirm(skipped)).isEmpty();
    }

    @Test
    void aPongThatAnswersNoFenceConfirmsNothing() {
        add();
        confirmations.fence();
        add();
        assertThat(confirm(ByteBuffer.allocate(8).putLong(2).array())).isEmpty();
        assertThat(confirm(ByteBuffer.allocate(8).putLong(Long.MAX_VALUE).array()))
                .isEmpty();
        assertThat(confirm(new byte[0])).isEmpty();
        assertThat(confirm(new byte[9])).isEmpty();
        assertThat(confirmations.size()).isEqualTo(2);
    }

    @Test
    void aFenceIsWantedOnlyForMessagesThatHaveNone() {
        assertThat(confirmations.wantsFence()).isFalse();
        add();
        assertThat(confirmations.wantsFence()).isTrue();
        confirmations.fence();
        assertThat(confirmations.wantsFence()).isFalse();
    }

    @Test
    void eightFencesAreOnTheirWayAtMost() {
        List<byte[]> fences = new ArrayList<>();
        while (confirmations.allowsFence()) {
            add();
            fences.add(confirmations.fence());
        }
        assertThat(fences).hasSize(8);
        confirm(fences.get(2));
        assertThat(confirmations.allowsFence()).isTrue();
        assertThat(confirmations.size()).isEqualTo(5);
    }

    @Test
    void onlyWhatWasWrittenLongAgoIsGivenUp() {
        PeerMessage written = add();
        PeerMessage waiting = add();
        written.written();
        assertThat(confirmations.giveUpWrittenBy(System.nanoTime() - 1_000_000_000))
                .isEmpty();
        assertThat(confirmations.giveUpWrittenBy(System.nanoTime() + 10)).containsExactly(written);
        assertThat(confirm(confirmations.fence())).containsExactly(waiting);
    }

    @Test
    void aMessageHasOneAnswerAndReleasesItsBytesOnce() {
        List<Outcome> outcomes = new ArrayList<>();
        List<Integer> released = new ArrayList<>();
        PeerMessage message = new PeerMessage(outcomes::add, 10, released::add);
        message.written();
        message.answer(Outcome.delivered());
        message.answer(Outcome.unknown());
        assertThat(outcomes).containsExactly(Outcome.delivered());
        assertThat(released).containsExactly(10);
    }
}
