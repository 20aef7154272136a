package io.araldo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowSessionsTest {
    private static SlowSessions sessions(int stallTimeoutSeconds, int seconds) {
        return new SlowSessions(
                FanOutRow.webSocket(3, 10_000, 64),
                Duration.ofSeconds(stallTimeoutSeconds),
                Duration.ofMillis(200),
                Duration.ofSeconds(seconds));
    }

    @Test
    void stuckSubscribersAreEndedAfterTheStallTimeout() {
        SlowSessionsSample sample = sessions(1, 5).measure(SlowSessions.Kind.STUCK);

        assertThat(sample.endedAfterSeconds()).hasSize(10).allMatch(seconds -> seconds > 1);
        assertThat(sample.p99Millis()).isPositive();
    }

    @Test
    void slowSubscribersSkipWhatTheServerCounts() {
        assertThat(sessions(10, 2).measure(SlowSessions.Kind.SLOW).skipped()).isPositive();
    }

    @Test
    void nobodySkipsWhereNobodyIsSlow() {
        assertThat(sessions(10, 1).measure(SlowSessions.Kind.NONE).skipped()).isZero();
    }

    @Test
    void slowSubscriberCountsGaps() throws Exception {
        try (SlowSubscriber slow = new SlowSubscriber(SocketChannel.open(), 128)) {
            slow.message(7, 0);
            slow.message(8, 0);
            slow.message(11, 0);

            assertThat(slow.skipped()).isEqualTo(2);
            assertThatThrownBy(() -> slow.message(11, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a slow subscriber received message 11 after 11");
        }
    }

    @Test
    void stuckSubscriberThatIsStillConnectedIsAnError() throws Exception {
        try (Chat chat = new AraldoChat();
                StuckSubscriber stuck = new StuckSubscriber(Connect.webSocket(chat.port()))) {
            stuck.turn();

            assertThatThrownBy(stuck::endedAfterSeconds).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void tableTellsMedians() {
        assertThat(SlowSessionsTable.of(List.of(
                        new SlowSessionsSample(SlowSessions.Kind.NONE, 1, 10, 300, 0, List.of()),
                        new SlowSessionsSample(SlowSessions.Kind.STUCK, 2, 12, 310, 4_000, List.of(11.5, 11.0)),
                        new SlowSessionsSample(SlowSessions.Kind.STUCK, 4, 14, 330, 6_000, List.of(12.0, 11.25)),
                        new SlowSessionsSample(SlowSessions.Kind.SLOW, 3, 11, 320, 8_000, List.of()))))
                .isEqualToNormalizingNewlines("""
                        | beside | p50 ms | p99 ms | p99, × | ended after s | skipped | peak MB |
                        |---|---|---|---|---|---|---|
                        | nobody | 1.0 | 10.0 | 1.00 |  | 0 | 300 |
                        | 10 that never read | 3.0 | 13.0 | 1.30 | 11.0 to 12.0 | 5,000 | 320 |
                        | 10 that read 4 KiB every 100 ms | 3.0 | 11.0 | 1.10 |  | 8,000 | 320 |
                        """);
    }
}
