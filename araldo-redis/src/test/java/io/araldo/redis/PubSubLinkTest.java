package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Link;
import io.araldo.Message;
import io.araldo.Origin;
import io.araldo.Outcome;
import io.araldo.Payload;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.RedisCli;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestLinkContext;
import io.araldo.testing.ThreadLeakExtension;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ThreadLeakExtension.class)
class PubSubLinkTest {
    private static RedisServerProcess redis;
    private static RedisCli cli;

    private final Links links = new Links();
    private final RecordingInbox inbox = new RecordingInbox();

    @BeforeAll
    static void startRedis() {
        redis = RedisServerProcess.start();
        cli = RedisCli.connect(redis.port());
    }

    @AfterAll
    static void stopRedis() {
        cli.close();
        redis.close();
    }

    @AfterEach
    void closeLinks() {
        links.close();
        assertThat(inbox.losses()).isEmpty();
    }

    private static RedisPubSubEndpoint.Builder bus() {
        return RedisPubSubEndpoint.builder("bus").uri(redis.uri());
    }

    private static RedisPubSubEndpoint chat() {
        return bus().channel("chat").build();
    }

    /** What is waited for comes, however busy the machine is. */
    private static RedisPubSubEndpoint patient() {
        return bus().channel("chat").grace(Duration.ofSeconds(15)).build();
    }

    /** The connections of ours that the server knows. */
    private static List<String> clients() {
        return Stream.of(cli.call("CLIENT", "LIST").split("\n"))
                .filter(line -> line.contains(" name=araldo-test-bus "))
                .toList();
    }

    private void publish(String channel, String text) {
        cli.publish(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitTexts(String... texts) {
        await().untilAsserted(() -> assertThat(inbox.texts()).containsExactly(texts));
    }

    @Test
    void openCompletesWhenTheSubscriptionIsConfirmed() {
        for (int i = 0; i < 20; i++) {
            Link link = links.open(chat(), inbox);
            assertThat(cli.publish("chat", new byte[0])).isEqualTo(1);
            Links.close(link);
        }
    }

    @Test
    void whatIsPublishedToTheChannelIsReceivedInOrder() {
        links.open(chat(), inbox);
        String[] texts = IntStream.range(0, 500).mapToObj(String::valueOf).toArray(String[]::new);
        for (String text : texts) {
            publish("chat", text);
            publish("chat2", "of another channel");
        }
        awaitTexts(texts);
    }

    @Test
    void validUtf8IsReceivedAsTextAndAllElseAsBinary() {
        links.open(chat(), inbox);
        publish("chat", "grüße");
        cli.publish("chat", new byte[] {(byte) 0xff, 0, 1});
        cli.publish("chat", new byte[0]);

        await().untilAsserted(() -> assertThat(inbox.messages())
                .extracting(Message::payload)
                .containsExactly(
                        Payload.text("grüße"), Payload.binary(new byte[] {(byte) 0xff, 0, 1}), Payload.empty()));
    }

    @Test
    void receivedMessagesCarryTheOriginAndNothingElse() {
        links.open(chat(), inbox);
        publish("chat", "hello");

        await().untilAsserted(() -> assertThat(inbox.messages()).hasSize(1));
        Message message = inbox.messages().get(0);
        assertThat(message.origin()).isEqualTo(Origin.of("test", "bus"));
        assertThat(message.headers()).isEmpty();
    }

    @Test
    void messagesOfAPatternCarryTheirChannel() {
        links.open(bus().pattern("news.*").build(), inbox);
        publish("news.köln", "one");
        publish("other", "two");
        publish("news.rome", "three");

        awaitTexts("one", "three");
        assertThat(inbox.messages())
                .extracting(message ->
                        message.header(RedisPubSubEndpoint.CHANNEL_HEADER).orElseThrow())
                .containsExactly("news.köln", "news.rome");
    }

    @Test
    void whatIsSentToAPatternFailsAndSaysWhy() {
        Link link = links.open(bus().pattern("news.*").build(), inbox);

        Outcome outcome = Links.send(link, "hello").join();

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(outcome.cause())
                .hasMessage("redis endpoint 'bus': cannot publish to the pattern 'news.*'"
                        + " (expected: a route to an endpoint with a channel)");
    }

    @Test
    void whatIsSentIsPublishedAndDeliveredWhenRedisHasAnswered() {
        Link link = links.open(chat(), inbox);

        assertThat(Links.send(link, "hello").join()).isEqualTo(Outcome.delivered());

        awaitTexts("hello");
    }

    @Test
    void whatNobodyHasSubscribedToIsDeliveredAllTheSame() {
        Link link = links.open(chat(), inbox, links.keep(TestLinkContext.sending("test", "bus")));
        assertThat(Links.send(link, "hello").join()).isEqualTo(Outcome.delivered());
    }

    @Test
    void payloadsOfAllSizesComeBackUnchanged() {
        Link link = links.open(chat(), inbox);
        List<Payload> payloads = IntStream.of(0, 1, 8_192, 8_193, 70_000, 5_000_000)
                .mapToObj(size -> Payload.text("x".repeat(size)))
                .toList();

        payloads.forEach(payload -> link.send(Message.of(payload), outcome -> {}));
        link.flush();

        await().untilAsserted(() ->
                assertThat(inbox.messages()).extracting(Message::payload).isEqualTo(payloads));
    }

    @Test
    void messagesOfEachSendingThreadKeepTheirOrder() throws InterruptedException {
        Link link = links.open(chat(), inbox);
        int threads = 4;
        int count = 2_000;

        List<Thread> senders = IntStream.range(0, threads)
                .mapToObj(sender -> new Thread(() -> sendNumbered(link, sender, count)))
                .toList();
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }

        await().untilAsserted(() -> assertThat(inbox.messages()).hasSize(threads * count));
        List<String> texts = inbox.texts();
        for (int sender = 0; sender < threads; sender++) {
            String prefix = sender + ":";
            assertThat(texts.stream().filter(text -> text.startsWith(prefix)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, count).mapToObj(i -> prefix + i).toList());
        }
    }

    private static void sendNumbered(Link link, int sender, int count) {
        for (int i = 0; i < count; i++) {
            link.send(Message.text(sender + ":" + i), outcome -> {});
            if (i % 7 == 0) {
                link.flush();
            }
        }
        link.flush();
    }

    @Test
    void publishThatRedisRefusesFailsWithItsError() {
        cli.call("ACL", "SETUSER", "reader", "on", ">s3cret", "+@all", "resetchannels", "&other");
        Link link = links.open(
                bus().uri("redis://reader:s3cret@127.0.0.1:" + redis.port())
                        .channel("chat")
                        .build(),
                inbox,
                links.keep(TestLinkContext.sending("test", "bus")));

        Outcome outcome = Links.send(link, "hello").join();

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(outcome.cause())
                .hasMessageStartingWith("redis endpoint 'bus': PUBLISH to 'chat' was refused: NOPERM ")
                .hasMessageEndingWith("; let the user have 'chat', by ACL SETUSER");
        assertThat(link.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void moreUnansweredThanAllowedAreDroppedAsOverflow() {
        Link link = links.open(bus().channel("chat").maxInFlight(3).build(), inbox);
        for (int round = 0; round < 3; round++) {
            redis.freeze();
            List<CompletableFuture<Outcome>> outcomes = IntStream.range(0, 5)
                    .mapToObj(i -> Links.send(link, "" + i))
                    .toList();

            assertThat(outcomes.subList(3, 5))
                    .allSatisfy(
                            outcome -> assertThat(outcome).isCompletedWithValue(Outcome.dropped(DropReason.OVERFLOW)));
            assertThat(outcomes.subList(0, 3)).noneMatch(CompletableFuture::isDone);

            redis.thaw();
            assertThat(outcomes.subList(0, 3))
                    .extracting(CompletableFuture::join)
                    .containsOnly(Outcome.delivered());
        }
    }

    @Test
    void bothWaysNeedsTwoConnectionsNamedAfterRelayAndEndpoint() {
        links.open(chat(), inbox);
        assertThat(clients())
                .hasSize(2)
                .satisfiesOnlyOnce(client -> assertThat(client).contains(" sub=1 "));
    }

    @Test
    void endpointThatIsOnlyReadHasNoConnectionToPublish() {
        Link link = links.open(chat(), inbox, links.keep(TestLinkContext.receiving("test", "bus")));
        assertThat(clients()).singleElement().asString().contains(" sub=1 ");
        assertThat(Links.send(link, "hello").join()).isEqualTo(Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    @Test
    void endpointThatIsOnlyWrittenDoesNotSubscribe() {
        links.open(chat(), inbox, links.keep(TestLinkContext.sending("test", "bus")));
        assertThat(clients()).singleElement().asString().contains(" sub=0 ");
    }

    @Test
    void openLinkIsUpAndShowsItsAddressWithoutSecrets() {
        Link link = links.open(
                bus().uri("redis://default:any@127.0.0.1:" + redis.port() + "/3")
                        .channel("chat")
                        .build(),
                inbox);
        assertThat(link.health().status()).isEqualTo(Health.Status.UP);
        assertThat(link.address()).isEqualTo(URI.create(redis.uri()));
    }

    @Test
    void closedLinkTakesNothingAndHandsNothingOver() {
        TestLinkContext context = links.context();
        Link link = links.open(chat(), inbox, context);
        assertThat(context.scheduled()).isEqualTo(2);

        Links.close(link);

        assertThat(context.scheduled()).isZero();
        assertThat(clients()).isEmpty();
        assertThat(Links.send(link, "hello").join()).isEqualTo(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(cli.publish("chat", new byte[0])).isZero();
        assertThat(inbox.messages()).isEmpty();
        assertThat(link.health())
                .satisfies(health -> assertThat(health.status()).isEqualTo(Health.Status.DOWN))
                .satisfies(health -> assertThat(health.why()).isEqualTo("closed"));
        assertThat(link.close().toCompletableFuture()).isCompleted();
    }

    @Test
    void closeWaitsForTheAnswersToWhatWasSentBefore() {
        Link link = links.open(patient(), inbox);
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            outcomes.add(Links.send(link, "" + i));
        }

        Links.close(link);

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isCompletedWithValue(Outcome.delivered()));
    }

    @Test
    void whoeverIsAnsweredMaySendTheNextMessageAtOnce() {
        Link link = links.open(bus().channel("chat").maxInFlight(1).build(), inbox);
        CompletableFuture<Outcome> second = new CompletableFuture<>();

        link.send(Message.text("first"), outcome -> link.send(Message.text("second"), second::complete));
        link.flush();

        await().untilAsserted(() -> assertThat(second).isCompletedWithValue(Outcome.delivered()));
        awaitTexts("first", "second");
    }

    @Test
    void linkThatIsClosingTakesNothingMore() {
        Link link = links.open(patient(), inbox);
        redis.freeze();
        CompletableFuture<Outcome> before = Links.send(link, "before");

        CompletableFuture<Void> closed = link.close().toCompletableFuture();

        assertThat(Links.send(link, "after")).isCompletedWithValue(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(closed).isNotDone();
        redis.thaw();
        assertThat(before.join()).isEqualTo(Outcome.delivered());
    }

    @Test
    void whatRedisHasNotAnsweredByTheEndIsUnknown() {
        Link link = links.open(chat(), inbox);
        redis.freeze();
        CompletableFuture<Outcome> outcome = Links.send(link, "hello");

        Links.close(link);

        assertThat(outcome).isCompletedWithValue(Outcome.unknown());
        redis.thaw();
    }

    @Test
    void linksOfOneRelayShareThreadsWhichEndWithTheLastLink() {
        TestLinkContext context = links.context();
        Link first = links.open(chat(), inbox, context);
        Link second = links.open(bus().pattern("*").build(), inbox, context);
        assertThat(context.resources()).isEqualTo(1);

        Links.close(first);
        await().untilAsserted(() -> assertThat(clients()).hasSize(2));
        assertThat(context.resources()).isEqualTo(1);
        assertThat(threads()).isNotEmpty();
        assertThat(Links.send(second, "hello").join().kind()).isEqualTo(Outcome.Kind.FAILED);

        Links.close(second);
        assertThat(context.resources()).isZero();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("araldo-test-redis-"))
                .toList();
    }

    @Test
    void noThreadOfTheClientHasAnotherName() {
        List<String> before = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .toList();
        Link link = links.open(chat(), inbox);
        Links.send(link, "hello").join();

        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .filteredOn(name -> !before.contains(name))
                .allMatch(name -> name.startsWith("araldo-test-"))
                .isNotEmpty();
    }
}
