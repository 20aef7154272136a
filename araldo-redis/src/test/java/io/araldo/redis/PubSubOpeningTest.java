package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.EndpointException;
import io.araldo.Link;
import io.araldo.Outcome;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.RedisCli;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.TestLinkContext;
import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot be opened says in one line which endpoint, where, what is wrong and what to do, and leaves nothing. */
@ExtendWith(ThreadLeakExtension.class)
class PubSubOpeningTest {
    private static final String IS_IT = "is it a Redis, and its port one for TLS exactly if the uri says rediss?";

    private static RedisServerProcess redis;
    private static RedisCli cli;

    private final Links links = new Links();
    private final TestLinkContext context = links.context();
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
    void close() {
        links.close();
        assertThat(inbox.losses()).isEmpty();
    }

    private String failure(String uri) {
        return failure(bus(uri));
    }

    private static RedisPubSubEndpoint bus(String uri) {
        return RedisPubSubEndpoint.builder("bus").uri(uri).channel("chat").build();
    }

    private String failure(RedisPubSubEndpoint bus) {
        return failure(() -> bus.open(inbox, context));
    }

    private String failure(Supplier<? extends CompletionStage<?>> opening) {
        Throwable[] failure = new Throwable[1];
        assertThatThrownBy(() -> opening.get()
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join())
                .isInstanceOf(CompletionException.class)
                .satisfies(thrown -> failure[0] = thrown.getCause());
        assertThat(failure[0]).isInstanceOf(EndpointException.class).hasMessageNotContaining("\n");
        assertNothingIsShown(failure[0]);
        assertThat(context.resources()).isZero();
        return failure[0].getMessage();
    }

    private static void assertNothingIsShown(Throwable failure) {
        for (Throwable error = failure; error != null; error = error.getCause()) {
            assertThat(error.toString()).doesNotContain("s3cret").doesNotContain("alice");
        }
    }

    private String uri(String login) {
        return "redis://" + login + "127.0.0.1:" + redis.port();
    }

    private String cannotOpen(int port) {
        return "redis endpoint 'bus': cannot open redis://127.0.0.1:" + port + ": ";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void nobodyListens() throws IOException {
        int port = freePort();
        assertThat(failure("redis://alice:s3cret@127.0.0.1:" + port))
                .isEqualTo(cannotOpen(port) + "connection refused; start Redis there, or correct the uri");
    }

    @Test
    void hostIsUnknown() {
        assertThat(failure("redis://alice:s3cret@no-such-host.invalid"))
                .isEqualTo("redis endpoint 'bus': cannot open redis://no-such-host.invalid:6379: the host"
                        + " 'no-such-host.invalid' is unknown; correct the uri, or the name service");
    }

    @Test
    void passwordIsWrong() {
        assertThat(failure(uri("alice:s3cret@")))
                .isEqualTo(cannotOpen(redis.port()) + "Redis answers WRONGPASS invalid username-password pair or user"
                        + " is disabled.; correct user and password in the uri");
    }

    @Test
    void passwordIsMissing() {
        try (RedisServerProcess locked = RedisServerProcess.start("--requirepass", "s3cret")) {
            assertThat(failure(locked.uri()))
                    .startsWith(cannotOpen(locked.port()) + "Redis answers NOAUTH ")
                    .endsWith("; put the password into the uri, redis://user:password@host");
            Links.close(links.open(
                    RedisPubSubEndpoint.builder("bus")
                            .uri("redis://:s3cret@127.0.0.1:" + locked.port())
                            .channel("chat")
                            .build(),
                    inbox));
        }
    }

    @Test
    void userMayNotHaveTheChannel() {
        cli.call("ACL", "SETUSER", "alice", "on", ">s3cret", "+@all", "resetchannels", "&other");
        assertThat(failure(uri("alice:s3cret@")))
                .startsWith(cannotOpen(redis.port()) + "Redis answers NOPERM ")
                .endsWith("; let the user have 'chat', by ACL SETUSER");
        cli.call("ACL", "DELUSER", "alice");
    }

    @Test
    void serverDoesNotAnswer() {
        try (FaultProxy proxy = FaultProxy.to(redis.port())) {
            proxy.inject(Fault.HALF_OPEN);
            long begin = System.nanoTime();
            assertThat(failure("redis://127.0.0.1:" + proxy.port()))
                    .isEqualTo(cannotOpen(proxy.port()) + "connected, but no answer within 5 s; " + IS_IT);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(4_900), Duration.ofMillis(8_000));
        }
    }

    /** As long as it waits, it does not notice that the server is back. */
    @Test
    void serverThatWasThereIsGivenLessTimeWhenItDoesNotAnswer() {
        try (FaultProxy proxy = FaultProxy.to(redis.port())) {
            RedisPubSubEndpoint bus = bus("redis://127.0.0.1:" + proxy.port());
            Links.close(links.open(bus, inbox, context));
            proxy.inject(Fault.HALF_OPEN);
            long begin = System.nanoTime();
            assertThat(failure(bus))
                    .isEqualTo(cannotOpen(proxy.port()) + "connected, but no answer within 2 s; " + IS_IT);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(4_000));
        }
    }

    /** What counts is how long each answer takes. */
    @Test
    void serverThatAnswersSlowlyIsWaitedForThoughAllAnswersTakeLonger() {
        try (FaultProxy proxy = FaultProxy.to(redis.port())) {
            RedisPubSubEndpoint bus = bus("redis://127.0.0.1:" + proxy.port());
            Links.close(links.open(bus, inbox, context));
            proxy.inject(Fault.delay(Duration.ofMillis(600)));
            long begin = System.nanoTime();
            Links.close(links.open(bus, inbox, context));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(PubSubOpening.PATIENCE_AGAIN);
        }
    }

    /** The proxy holds each answer back for so long that the network can be cut between two of them. */
    @Test
    void subscriptionIsNotAnswered() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.port())) {
            RedisPubSubEndpoint bus = bus("redis://127.0.0.1:" + proxy.port());
            Links.close(links.open(bus, inbox, context));
            proxy.inject(Fault.delay(Duration.ofMillis(700)));
            PubSubOpening opening = new PubSubOpening(bus, inbox, context);
            CompletableFuture<String> failure = CompletableFuture.supplyAsync(() -> failure(opening::run));
            await().pollInterval(Duration.ofMillis(5)).until(() -> opening.awaited() == Failures.Awaited.SUBSCRIPTION);
            proxy.inject(Fault.SWALLOW_REPLIES);
            assertThat(failure.get(10, TimeUnit.SECONDS))
                    .isEqualTo(
                            cannotOpen(proxy.port()) + "connected, but no answer to the subscription to 'chat' within"
                                    + " 2 s; is the network cut, or Redis busy?");
            await().untilAsserted(() -> assertThat(proxy.connections()).isZero());
        }
    }

    /** A full queue drops who wants to connect. Another link keeps the threads alive: nothing ends with them. */
    @Test
    void connectionThatDoesNotComeUpIsNotWaitedForAnyLonger() throws Exception {
        links.open(bus(redis.uri()), inbox, context);
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel one = connecting(full);
                SocketChannel two = connecting(full)) {
            RedisPubSubEndpoint bus = bus("redis://127.0.0.1:" + full.getLocalPort());
            bus.wasOpen(context);
            PubSubOpening opening = new PubSubOpening(bus, inbox, context);
            assertThatThrownBy(() -> opening.run().toCompletableFuture().join())
                    .hasMessageEndingWith("no connection within 2 s; check host, port and firewalls");
            await().atMost(Duration.ofSeconds(1))
                    .until(() -> opening.lease.client().connections() == 0);
            assertThat(one.isOpen() && two.isOpen()).isTrue();
        }
    }

    private static SocketChannel connecting(ServerSocket to) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(to.getLocalSocketAddress());
        return channel;
    }

    @Test
    void interruptEndsTheAttemptAndIsKept() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.port())) {
            proxy.inject(Fault.HALF_OPEN);
            AtomicBoolean kept = new AtomicBoolean();
            CompletableFuture<String> failure = new CompletableFuture<>();
            Thread opener = new Thread(() -> {
                failure.complete(failure("redis://127.0.0.1:" + proxy.port()));
                kept.set(Thread.currentThread().isInterrupted());
            });
            opener.start();
            await().until(() -> proxy.connections() == 2);
            opener.interrupt();
            assertThat(failure.get(2, TimeUnit.SECONDS))
                    .isEqualTo(cannotOpen(proxy.port())
                            + "interrupted; the relay is closing, or waits no longer (startup)");
            opener.join();
            assertThat(kept).isTrue();
        }
    }

    @Test
    void serverHangsUp() {
        try (FaultProxy proxy = FaultProxy.to(redis.port())) {
            proxy.inject(Fault.HANG_UP);
            assertThat(failure("redis://127.0.0.1:" + proxy.port()))
                    .isEqualTo(cannotOpen(proxy.port()) + "connected, but closed before the first answer; " + IS_IT);
        }
    }

    @Test
    void tooManyClients() {
        try (RedisServerProcess small = RedisServerProcess.start();
                RedisCli only = RedisCli.connect(small.port())) {
            assertThat(only.call("CONFIG", "SET", "maxclients", "1")).isEqualTo("OK");
            assertThat(failure(small.uri()))
                    .isEqualTo(cannotOpen(small.port()) + "Redis answers ERR max number of clients reached");
        }
    }

    @Test
    void serverOfAnotherKindIsNoRedis() throws IOException {
        try (FaultProxy http = FaultProxy.to(HttpGreeter.start())) {
            assertThat(failure("redis://127.0.0.1:" + http.port())).startsWith(cannotOpen(http.port()));
        }
    }

    @Test
    void plainServerDoesNotSpeakTls() {
        assertThat(failure(uri("").replace("redis:", "rediss:")))
                .isEqualTo("redis endpoint 'bus': cannot open rediss://127.0.0.1:" + redis.port()
                        + ": connected, but no answer within 5 s; " + IS_IT);
    }

    @Test
    void serverThatKnowsNoHelloIsSpokenToInTheOlderProtocol() {
        try (RedisServerProcess old = RedisServerProcess.start("--rename-command", "HELLO", "")) {
            Link link = links.open(
                    RedisPubSubEndpoint.builder("bus")
                            .uri(old.uri())
                            .channel("chat")
                            .heartbeat(Duration.ofMillis(200))
                            .build(),
                    inbox);
            for (int i = 0; i < 100; i++) {
                assertThat(Links.send(link, "" + i).join()).isEqualTo(Outcome.delivered());
            }
            await().untilAsserted(() -> assertThat(inbox.texts()).hasSize(100));
            Links.close(link);
        }
    }
}
