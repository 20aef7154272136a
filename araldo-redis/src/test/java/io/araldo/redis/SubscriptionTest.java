package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.araldo.Acknowledgement;
import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.Message;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.TestLinkContext;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    void aMessageWithWhichTheInboxFailsIsNotHandedOverAgain() {
        List<String> handed = new ArrayList<>();
        Inbox inbox = new Inbox() {
            @Override
            public CompletableFuture<Void> received(Message message, Acknowledgement acknowledgement) {
                handed.add(message.payload().text());
                if (handed.size() == 2) {
                    throw new AssertionError("as the test wants it");
                }
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void lost(EndpointException cause) {}
        };
        try (TestLinkContext context = TestLinkContext.receiving("test", "bus")) {
            Subscription subscription = new Subscription(BUS, inbox, context);
            EmbeddedChannel channel = new EmbeddedChannel(new ReadEnd(), new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object data) {
                    for (char letter : data.toString().toCharArray()) {
                        subscription.message(CHANNEL, ("" + letter).getBytes(StandardCharsets.UTF_8));
                    }
                }
            });
            assertThatThrownBy(() -> channel.writeInbound("abc")).hasMessage("as the test wants it");
            channel.writeOneInbound("de");
            assertThat(handed).containsExactly("a", "b", "c", "d", "e");
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
