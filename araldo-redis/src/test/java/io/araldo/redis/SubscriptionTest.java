package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.RecordingInbox;
import io.araldo.testing.TestLinkContext;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final byte[] CHANNEL = "chat".getBytes(StandardCharsets.UTF_8);

    @Test
    void nothingIsHandedOverAfterTheEndThoughTheConnectionMayBeOpenStill() {
        RecordingInbox inbox = new RecordingInbox();
        try (TestLinkContext context = TestLinkContext.receiving("test", "bus")) {
            Subscription subscription = new Subscription(inbox, context);
            subscription.message(CHANNEL, "before".getBytes(StandardCharsets.UTF_8));
            subscription.close();
            subscription.message(CHANNEL, "after".getBytes(StandardCharsets.UTF_8));
            subscription.message("c*".getBytes(StandardCharsets.UTF_8), CHANNEL, new byte[0]);

            assertThat(inbox.texts()).containsExactly("before");
            assertThat(subscription.received()).isEqualTo(1);
        }
    }
}
