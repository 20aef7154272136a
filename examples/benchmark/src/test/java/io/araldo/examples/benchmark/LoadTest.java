package io.araldo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoadTest {
    private static final Duration TIME = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BUN", "NODE"})
    void everyPeerDeliversEachMessageOnceAndInOrder(ChatPeer peer) {
        FanOutRow row = FanOutRow.webSocket(3, 128, 8);
        try (Chat chat = peer.start();
                Load load = new Load(chat.port(), null, row, PATIENCE)) {
            assertThat(load.run(TIME).deliveries()).isPositive();
            assertThat(load.run(TIME).deliveries() % 3).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BUN", "NODE"})
    void everyPeerDeliversWhatRedisPublishes(ChatPeer peer) {
        Optional<RedisProcess> installed = RedisProcess.start();
        assumeTrue(installed.isPresent(), "this machine has no redis-server");
        try (RedisProcess redis = installed.get();
                Chat chat = peer.start()) {
            chat.follow(redis.uri());
            try (Load load = new Load(chat.port(), redis.port(), FanOutRow.redis(3, 128, 8), PATIENCE)) {
                assertThat(load.run(TIME).deliveries()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Stamp.BYTES, 125, 126, 16_384, 70_000})
    void messagesOfAnySizeAreCounted(int bytes) {
        try (Chat chat = new AraldoChat();
                Load load = new Load(chat.port(), null, FanOutRow.webSocket(2, bytes, 64), PATIENCE)) {
            assertThat(load.run(TIME).deliveries()).isPositive();
        }
    }

    @Test
    void openLoopSendsAtItsRate() {
        FanOutRow row = FanOutRow.webSocket(3, 128, 64).atRate(500);
        try (Chat chat = new AraldoChat();
                Load load = new Load(chat.port(), null, row, PATIENCE)) {
            assertThat(load.run(TIME).deliveries()).isBetween(3 * 49L, 3 * 51L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOSES, lost or reordered",
        "REPEATS, repeated or reordered",
        "REORDERS, lost or reordered",
        "SHORTENS, a message of 127 bytes came (expected: 128)",
        "STOPS, has not reached all subscribers",
        "CLOSES, 0x88"
    })
    void whatAServerDoesWrongIsNoticed(FaultyChat.Fault fault, String said) {
        try (FaultyChat chat = new FaultyChat(fault);
                Load load = new Load(chat.port(), null, FanOutRow.webSocket(3, 128, 4), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> load.run(Duration.ofSeconds(3)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(said);
        }
    }

    @Test
    void serverOfAProcessOfItsOwnTellsItsCpuTime() {
        FanOutRow row = FanOutRow.webSocket(3, 128, 8);
        try (ChatProcess server = ChatProcess.start(ChatPeer.ARALDO, "64m", Path.of("js"), null);
                Load load = new Load(server.port(), null, row, PATIENCE)) {
            Duration before = server.cpu();
            load.run(TIME);
            assertThat(server.cpu()).isGreaterThan(before);
        }
    }
}
