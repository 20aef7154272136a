package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.LocalEndpoint;
import io.araldo.MockEndpoint;
import io.araldo.Outcome;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ThreadLeakExtension.class)
class RelayBridgeTest {
    private static final int COUNT = 20_000;

    /** application → in → out → recorder: through Redis twice, at the pace of Redis. */
    @Test
    void bridgeBetweenChannelsLosesNothingAndKeepsTheOrder() {
        LocalEndpoint application = LocalEndpoint.create("application");
        MockEndpoint recorder = MockEndpoint.create("recorder");
        try (RedisServerProcess redis = RedisServerProcess.start();
                Relay relay = Relay.builder()
                        .name("bridge")
                        .route(
                                Route.from(application).to(channel(redis, "first", "in")),
                                Route.from(channel(redis, "second", "in"))
                                        .queue(COUNT, Overflow.DROP_NEWEST)
                                        .to(channel(redis, "third", "out")),
                                Route.from(channel(redis, "fourth", "out"))
                                        .queue(COUNT, Overflow.DROP_NEWEST)
                                        .to(recorder))
                        .startup(Duration.ofMinutes(1))
                        .start()) {
            LongAdder delivered = new LongAdder();
            for (int i = 0; i < COUNT; i++) {
                application
                        .send("" + i)
                        .thenAccept(outcome -> delivered.add(outcome.equals(Outcome.delivered()) ? 1 : 0));
            }

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(recorder.sent()).hasSize(COUNT));
            assertThat(recorder.sent())
                    .extracting(message -> Integer.parseInt(message.payload().text()))
                    .containsExactlyElementsOf(IntStream.range(0, COUNT).boxed().toList());
            assertThat(delivered.sum()).isEqualTo(COUNT);
            relay.ledger().assertConserved();
        }
    }

    private static RedisPubSubEndpoint channel(RedisServerProcess redis, String name, String channel) {
        return RedisPubSubEndpoint.builder(name)
                .uri(redis.uri())
                .channel(channel)
                .maxInFlight(COUNT)
                .build();
    }

    @Test
    void hundredStartsAndClosesLeaveNothingBehind() {
        try (RedisServerProcess redis = RedisServerProcess.start()) {
            for (int i = 0; i < 100; i++) {
                Route route = Route.from(channel(redis, "in", "in")).to(channel(redis, "out", "out"));
                try (Relay relay = Relay.builder()
                        .route(route)
                        .startup(Duration.ofMinutes(1))
                        .start()) {
                    assertThat(relay.health()).hasSize(2);
                }
            }
        }
    }
}
