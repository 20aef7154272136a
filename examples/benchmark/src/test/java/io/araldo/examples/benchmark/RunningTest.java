package io.araldo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everyone delivers each message once, on the thread that the comparison claims; closing checks it. */
@Timeout(60)
class RunningTest {
    private static final int MESSAGES = 4 * Window.STEP;

    private static void runTwice(Running running) {
        try (running) {
            running.run(MESSAGES);
            running.run(MESSAGES);
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.class)
    void hopDeliversEachMessageOnce(Peer peer) {
        runTwice(Running.hop(peer));
    }

    @ParameterizedTest
    @EnumSource(Peer.class)
    void fanDeliversEachMessageOnceToEachTarget(Peer peer) {
        runTwice(Running.fan(peer));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void otherRoutesDoNotMatter(int others) {
        runTwice(Running.beside(others));
    }

    @Test
    void windowSeesAMessageThatCameTwice() {
        Window window = new Window(1);
        window.run(Window.STEP, window.target(0)::arrived);
        window.target(0).arrived();

        assertThatThrownBy(() -> window.check(false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1025 messages arrived (expected: 1024)");
    }

    @Test
    void windowSeesThatThereWasNoQueue() {
        Window window = new Window(1);
        window.run(Window.STEP, window.target(0)::arrived);

        assertThatThrownBy(() -> window.check(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("messages arrived on the thread that sent them: true (expected: false)");
    }
}
