package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.Message;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.TestLinkContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final byte[] CHANNEL = "chat".getBytes(StandardCharsets.UTF_8);
    private static final RedisPubSubEndpoint BUS = RedisPubSubEndpoint.builder("bus")
            .uri("redis://localhost")
            .channel("chat")
            .build();

    @Test
    void nothingIsHandedOverAfterTheEndThoughTheConnectionMayBeOpenStill() {
        RecordingInbox inbox = new RecordingInbox();
        try (TestLinkContext context = TestLinkContext.receiving("test", "bus")) {
            Subscription subscription = new Subscription(BUS, inbox, context);
            subscription.message(CHANNEL, "before".getBytes(StandardCharsets.UTF_8));
            subscription.close();
            subscription.message(CHANNEL, "after".getBytes(StandardCharsets.UTF_8));
            subscription.message("c*".getBytes(StandardCharsets.UTF_8), CHANNEL, new byte[0]);

            assertThat(inbox.texts()).containsExactly("before");
            assertThat(subscription.received()).isEqualTo(1);
        }
    }

    @Test
    void whatIsHandedOverKnowsTheChannelItWasReadFrom() {
        RecordingInbox inbox = new RecordingInbox();
        try (TestLinkContext context = TestLinkContext.receiving("test", "bus")) {
            Subscription subscription = new Subscription(BUS, inbox, context);
            subscription.message(CHANNEL, new byte[0]);
            subscription.message(
                    "n*".getBytes(StandardCharsets.UTF_8), "news".getBytes(StandardCharsets.UTF_8), CHANNEL);

            assertThat(inbox.messages())
                    .extracting(Message::trail)
                    .containsExactly(List.of("redis://localhost:6379/chat"), List.of("redis://localhost:6379/news"));
            assertThat(inbox.messages()).extracting(Message::hops).containsOnly(1);
        }
    }
}
