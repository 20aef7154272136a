package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Payload;
import io.araldo.testing.ThreadLeakExtension;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What travels between clients and a link. */
@ExtendWith(ThreadLeakExtension.class)
class SessionsTest {
    @Test
    void textOfAClientIsReceivedWithItsOrigin() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            client.send("grüße");
            await().until(() -> open.inbox().count() == 1);
            Message message = open.inbox().messages().get(0);
            assertThat(message.payload()).isEqualTo(Payload.text("grüße"));
            assertThat(message.origin().relay()).isEqualTo("test");
            assertThat(message.origin().endpoint()).isEqualTo("browsers");
            assertThat(message.origin().session())
                    .isEqualTo(open.sessions().get(0).id());
        }
    }

    @Test
    void binaryOfAClientIsReceivedAsBinary() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            client.send(new byte[] {0, -1, 2});
            client.send(new byte[0]);
            client.send("");
            await().until(() -> open.inbox().count() == 3);
            assertThat(open.inbox().messages())
                    .extracting(Message::payload)
                    .containsExactly(
                            Payload.binary(new byte[] {0, -1, 2}), Payload.binary(new byte[0]), Payload.text(""));
        }
    }

    /** A thread that is woken for each message costs more than the message. */
    @Test
    void messagesDoNotWakeTheTimer() throws Exception {
        int count = 1_000;
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            long before = timesWoken("araldo-ws-" + open.port() + "-timer-1");
            for (int i = 0; i < count; i++) {
                client.send("hello");
            }
            await().until(() -> open.inbox().count() == count);
            assertThat(timesWoken("araldo-ws-" + open.port() + "-timer-1") - before)
                    .isLessThan(count / 4);
        }
    }

    private static long timesWoken(String thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().equals(thread)) {
                return info.getWaitedCount();
            }
        }
        throw new AssertionError("no thread " + thread);
    }

    @Test
    void aMessageOfTheLargestSizeIsReceivedWholeOrInFragments() throws Exception {
        byte[] largest = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        byte[] half = "ü".repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            client.write(RawClient.frame(0x81, largest));
            client.write(RawClient.frame(0x01, half));
            client.write(RawClient.frame(0x80, half));
            client.write(RawClient.frame(0x02, largest));
            client.write(RawClient.frame(0x80, new byte[0]));
            await().until(() -> open.inbox().count() == 3);
            assertThat(open.inbox().messages())
                    .allMatch(message -> message.payload().size() == 1 << 20);
            assertThat(open.inbox().messages().get(1).payload().text()).isEqualTo("ü".repeat(1 << 19));
        }
    }

    @Test
    void framesThatComeWithTheHandshakeAreReceived() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = RawClient.open(open.port())) {
            byte[] head = (RawClient.handshakeHead("/chat", open.port()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] frame = RawClient.frame(0x81, new byte[] {'e', 'a', 'r', 'l', 'y'});
            byte[] both = new byte[head.length + frame.length];
            System.arraycopy(head, 0, both, 0, head.length);
            System.arraycopy(frame, 0, both, head.length, frame.length);
            client.write(both);
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            await().untilAsserted(() -> assertThat(open.inbox().texts()).containsExactly("early"));
        }
    }

    @Test
    void aMessageIsSentToAllSessions() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client one = open.connect();
                Client other = open.connect()) {
            assertThat(open.send("hello").get()).isEqualTo(Outcome.delivered());
            open.send(Message.binary(new byte[] {1, 2}));
            await().untilAsserted(() -> assertThat(List.of(one, other)).allSatisfy(client -> {
                assertThat(client.texts()).containsExactly("hello");
                assertThat(client.binaries()).containsExactly(new byte[] {1, 2});
            }));
        }
    }

    @Test
    void aMessageOfAnySizeIsSentWhole() throws Exception {
        int[] sizes = {0, 1, 125, 126, 65_535, 65_536, 3_000_000};
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            IntStream.of(sizes).mapToObj("x"::repeat).forEach(open::send);
            await().until(() -> client.texts().size() == sizes.length);
            assertThat(client.texts().stream().mapToInt(String::length))
                    .containsExactly(0, 1, 125, 126, 65_535, 65_536, 3_000_000);
        }
    }

    @Test
    void theSenderDoesNotGetItsOwnMessage() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client sender = open.connect();
                Client other = open.connect()) {
            open.inbox().onMessage(message -> open.send(message));
            sender.send("from me");
            other.send("from the other");
            await().untilAsserted(() -> {
                assertThat(other.texts()).containsExactly("from me");
                assertThat(sender.texts()).containsExactly("from the other");
            });
        }
    }

    @Test
    void theSenderGetsItsOwnMessageWithEcho() throws Exception {
        WebSocketServer server = WebSocketServer.builder().build();
        try (OpenEndpoint open = OpenEndpoint.of(
                        server, server.endpoint("browsers", "/chat").withEcho());
                Client sender = open.connect()) {
            open.inbox().onMessage(message -> open.send(message));
            sender.send("from me");
            await().untilAsserted(() -> assertThat(sender.texts()).containsExactly("from me"));
        }
    }

    @Test
    void anAddressedMessageGoesToThatSessionAlone() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client asking = open.connect();
                Client other = open.connect()) {
            open.inbox().onMessage(message -> open.send(message.reply("answer")));
            asking.send("question");
            await().untilAsserted(() -> assertThat(asking.texts()).containsExactly("answer"));
            open.send("end");
            await().untilAsserted(() -> assertThat(other.texts()).containsExactly("end"));
        }
    }

    @Test
    void aMessageForAnUnknownSessionIsDropped() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            assertThat(open.send(Message.text("x").withAddress("nobody")).get())
                    .isEqualTo(Outcome.dropped(DropReason.NO_SUCH_SESSION));
            open.send("end");
            await().untilAsserted(() -> assertThat(client.texts()).containsExactly("end"));
        }
    }

    @Test
    void aMessageIsDeliveredAtOnceWhenNobodyIsThere() {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            assertThat(open.send("x")).isCompletedWithValue(Outcome.delivered());
        }
    }

    @Test
    void aMessageIsDroppedWhenTheLinkIsClosed() {
        OpenEndpoint open = OpenEndpoint.withDefaults();
        open.close();
        assertThat(open.send("x")).isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    @Test
    void everySessionGetsAllMessagesInOrder() throws Exception {
        int count = 20_000;
        WebSocketServerBuilder roomy = WebSocketServer.builder().outboundMessages(count);
        try (OpenEndpoint open = OpenEndpoint.of(roomy);
                Client one = open.connect();
                Client two = open.connect()) {
            List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            IntStream.range(0, count).forEach(i -> outcomes.add(open.send("message " + i)));
            List<String> expected =
                    IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
            await().atMost(Duration.ofSeconds(30)).until(() -> two.texts().size() == count);
            await().atMost(Duration.ofSeconds(30)).until(() -> one.texts().size() == count);
            assertThat(one.texts()).isEqualTo(expected);
            assertThat(two.texts()).isEqualTo(expected);
            assertThat(outcomes).allMatch(outcome -> outcome.join().equals(Outcome.delivered()));
        }
    }

    @Test
    void everyMessageOfASessionIsReceivedInOrder() throws Exception {
        int count = 20_000;
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            for (int i = 0; i < count; i++) {
                client.send("message " + i);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> open.inbox().count() == count);
            assertThat(open.inbox().texts())
                    .isEqualTo(IntStream.range(0, count)
                            .mapToObj(i -> "message " + i)
                            .toList());
        }
    }

    @Test
    void theLinkTellsItsAddressAndHealth() {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            assertThat(open.uri()).hasToString("ws://127.0.0.1:" + open.port() + "/chat");
            assertThat(open.link().health().status()).hasToString("UP");
            open.link().close();
            assertThat(open.link().health().status()).hasToString("DOWN");
        }
    }
}
