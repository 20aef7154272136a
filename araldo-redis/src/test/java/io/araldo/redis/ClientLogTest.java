package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.araldo.EndpointException;
import io.araldo.Link;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.RedisCli;
import io.araldo.testing.RedisServerProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** An ordinary outage is told by the relay, in its own words: the client below says nothing of it at WARN. */
class ClientLogTest {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Links links = new Links();
    private final RecordingInbox inbox = new RecordingInbox();
    private final RedisServerProcess redis = RedisServerProcess.start();
    private final FaultProxy proxy = FaultProxy.to(redis.port());

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void close() {
        links.close();
        proxy.close();
        redis.close();
        root.detachAppender(log);
        assertThat(warnings()).isEmpty();
    }

    private List<ILoggingEvent> warnings() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
    }

    private RedisPubSubEndpoint bus() {
        return RedisPubSubEndpoint.builder("bus")
                .uri("redis://user:s3cret@127.0.0.1:" + proxy.port())
                .channel("chat")
                .build();
    }

    private Link open() {
        try (RedisCli cli = RedisCli.connect(redis.port())) {
            cli.call("ACL", "SETUSER", "user", "on", ">s3cret", "~*", "&*", "+@all");
        }
        return links.open(bus(), inbox);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.Kind.class,
            names = {"REFUSE", "HANG_UP", "RESET"})
    void nothingIsWarnedOfWhenTheConnectionEndsUnderLoad(Fault.Kind kind) {
        Link link = open();
        for (int i = 0; i < 1_000; i++) {
            Links.send(link, "" + i);
        }
        proxy.inject(new Fault(kind, Duration.ZERO, 0));
        await().untilAsserted(() -> assertThat(inbox.losses()).hasSize(1));
        Links.send(link, "late");
    }

    @Test
    void nothingIsWarnedOfWhenRedisIsKilled() {
        open();
        redis.kill();
        await().untilAsserted(() -> assertThat(inbox.losses()).hasSize(1));
    }

    @Test
    void nothingIsWarnedOfWhenALinkCannotBeOpened() {
        proxy.inject(Fault.REFUSE);
        assertThat(bus().open(inbox, links.context()).toCompletableFuture().handle((link, error) -> error))
                .succeedsWithin(Duration.ofSeconds(20))
                .isInstanceOf(EndpointException.class);
    }

    @Test
    void nothingOfTheLoginIsLoggedDownToDebug() {
        Logger client = (Logger) LoggerFactory.getLogger("io.lettuce");
        client.setLevel(Level.DEBUG);
        client.setAdditive(false);
        client.addAppender(log);
        try {
            Link link = open();
            Links.send(link, "hello").join();
            Links.close(link);
        } finally {
            client.detachAppender(log);
            client.setAdditive(true);
            client.setLevel(null);
        }
        assertThat(log.list)
                .hasSizeGreaterThan(10)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(text -> text.contains("s3cret"));
    }
}
