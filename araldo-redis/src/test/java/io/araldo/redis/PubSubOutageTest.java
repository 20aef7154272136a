package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Link;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.RedisCli;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestLinkContext;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PubSubOutageTest {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterEachTest().watching("fault-proxy-");

    private static final String CLOSED = "it has closed the connection, or something on the way has";

    private static RedisServerProcess redis;
    private static RedisCli cli;

    private final Links links = new Links();
    private final RecordingInbox inbox = new RecordingInbox();
    private FaultProxy proxy;

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

    @BeforeEach
    void startProxy() {
        proxy = FaultProxy.to(redis.port());
    }

    @AfterEach
    void close() {
        links.close();
        proxy.close();
    }

    private RedisPubSubEndpoint.Builder chat() {
        return RedisPubSubEndpoint.builder("bus")
                .uri("redis://alice:s3cret@127.0.0.1:" + proxy.port())
                .channel("chat");
    }

    private Link open() {
        cli.call("ACL", "SETUSER", "alice", "on", ">s3cret", "~*", "&*", "+@all");
        return links.open(chat().build(), inbox);
    }

    private static long clients() {
        return Stream.of(cli.call("CLIENT", "LIST").split("\n"))
                .filter(line -> line.contains(" name=araldo-test-bus "))
                .count();
    }

    private void assertLostOnce(Link link, String why) {
        await().untilAsserted(() -> assertThat(inbox.losses()).hasSize(1));
        String expected = "redis endpoint 'bus': redis://127.0.0.1:" + proxy.port() + " is gone: " + why;
        assertThat(inbox.losses().get(0)).hasMessage(expected);
        assertThat(link.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(link.health().why()).isEqualTo(expected);
        assertThat(Links.send(link, "late").join()).isEqualTo(Outcome.dropped(DropReason.NOT_WRITABLE));
        Links.close(link);
        assertThat(inbox.losses()).hasSize(1);
        assertThat(clients()).isZero();
    }

    @Test
    void closedConnectionsLoseTheLinkOnce() {
        Link link = open();
        proxy.inject(Fault.REFUSE);
        assertLostOnce(link, CLOSED);
    }

    @Test
    void resetConnectionsLoseTheLinkOnce() {
        Link link = open();
        proxy.inject(Fault.RESET);
        assertLostOnce(link, CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub", "normal"})
    void lossOfEitherConnectionClosesTheOther(String type) {
        Link link = open();
        assertThat(clients()).isEqualTo(2);
        assertThat(cli.call("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes")).isEqualTo("1");
        await().untilAsserted(() -> assertThat(clients()).isZero());
        assertLostOnce(link, CLOSED);
    }

    @Test
    void lostLinkReleasesEverythingUnasked() {
        TestLinkContext context = links.context();
        links.open(
                RedisPubSubEndpoint.builder("bus")
                        .uri("redis://127.0.0.1:" + proxy.port())
                        .channel("chat")
                        .build(),
                inbox,
                context);
        proxy.inject(Fault.REFUSE);
        await().untilAsserted(() -> assertThat(context.scheduled()).isZero());
        await().untilAsserted(() -> assertThat(context.resources()).isZero());
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("araldo-test-redis-")));
    }

    @Test
    void halfOpenConnectionsAreFoundByTwoUnansweredPings() {
        open();
        Link link = links.open(chat().heartbeat(Duration.ofMillis(100)).build(), inbox);
        proxy.inject(Fault.HALF_OPEN);
        await().untilAsserted(() -> assertThat(inbox.losses()).hasSize(1));
        assertThat(inbox.losses().get(0))
                .hasMessage("redis endpoint 'bus': redis://127.0.0.1:" + proxy.port()
                        + " is gone: no answer to two pings, 100 ms apart");
        assertThat(link.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void pingsKeepAnIdleLinkOpen() {
        cli.call("ACL", "SETUSER", "alice", "on", ">s3cret", "~*", "&*", "+@all");
        Link link = links.open(chat().heartbeat(Duration.ofMillis(250)).build(), inbox);
        cli.call("CONFIG", "RESETSTAT");
        await().untilAsserted(() -> assertThat(pings()).isGreaterThan(4));
        assertThat(link.health().status()).isEqualTo(Health.Status.UP);
        assertThat(inbox.losses()).isEmpty();
    }

    private static int pings() {
        return Stream.of(cli.call("INFO", "commandstats").split("\r\n"))
                .filter(line -> line.startsWith("cmdstat_ping:calls="))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("cmdstat_ping:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void whatWasSentAndNotAnsweredWhenTheConnectionEndsIsUnknown() {
        Link link = open();
        redis.freeze();
        List<CompletableFuture<Outcome>> outcomes =
                IntStream.range(0, 100).mapToObj(i -> Links.send(link, "" + i)).toList();
        await().until(() -> outcomes.stream().noneMatch(CompletableFuture::isDone));

        proxy.inject(Fault.RESET);

        assertThat(outcomes).extracting(CompletableFuture::join).containsOnly(Outcome.unknown());
        redis.thaw();
    }

    @Test
    void whatHasArrivedWithoutAnAnswerIsUnknownNotFailed() {
        Link link = open();
        try (RedisCli subscriber = RedisCli.connect(redis.port())) {
            subscriber.call("SUBSCRIBE", "chat");
            proxy.inject(Fault.SWALLOW_REPLIES);
            CompletableFuture<Outcome> outcome = Links.send(link, "arrives");
            assertThat(subscriber.next()).isEqualTo("message\nchat\narrives");
            assertThat(outcome).isNotDone();

            proxy.inject(Fault.REFUSE);
            assertThat(outcome.join()).isEqualTo(Outcome.unknown());
        }
    }

    @Test
    void slowConnectionLosesNothing() {
        Link link = open();
        proxy.inject(Fault.rate(50_000));
        String text = "x".repeat(1_000);
        List<CompletableFuture<Outcome>> outcomes =
                IntStream.range(0, 50).mapToObj(i -> Links.send(link, text)).toList();
        assertThat(outcomes).extracting(CompletableFuture::join).containsOnly(Outcome.delivered());
        await().untilAsserted(() -> assertThat(inbox.texts()).hasSize(50).containsOnly(text));
    }

    /** Each of many senders is answered, whatever the moment at which the connection ends. */
    @Test
    void everyMessageIsAnsweredOnceWhileConnectionsEnd() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            Link link = open();
            LongAdder sent = new LongAdder();
            LongAdder answered = new LongAdder();
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread sender = new Thread(() -> sendUntilDown(link, sent, answered));
                sender.start();
                senders.add(sender);
            }
            await().until(() -> answered.sum() > 1_000);
            proxy.inject(round % 2 == 0 ? Fault.RESET : Fault.REFUSE);
            for (Thread sender : senders) {
                sender.join();
            }
            Links.close(link);
            assertThat(answered.sum()).isEqualTo(sent.sum());
            proxy.restore();
        }
    }

    private static void sendUntilDown(Link link, LongAdder sent, LongAdder answered) {
        int after = 0;
        while (after < 1_000) {
            sent.increment();
            link.send(Message.text("x"), outcome -> answered.increment());
            link.flush();
            after += link.health().status() == Health.Status.DOWN ? 1 : 0;
        }
    }
}
