package io.araldo.redis;

import io.araldo.Message;
import io.araldo.Payload;
import io.araldo.testing.EndpointContract;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.Outside;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.RedisCli;
import io.araldo.testing.RedisServerProcess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What is outside is a Redis that asks for a password, and a network before it. */
class RedisPubSubContractTest extends EndpointContract {
    private static RedisServerProcess redis;
    private static RedisCli cli;

    @BeforeAll
    static void start() {
        redis = RedisServerProcess.start();
        cli = RedisCli.connect(redis.port());
        cli.call("ACL", "SETUSER", "alice", "on", ">s3cret", "+@all", "allchannels");
    }

    @AfterAll
    static void stop() {
        cli.close();
        redis.close();
    }

    private static RedisPubSubEndpoint endpoint(String uri) {
        return RedisPubSubEndpoint.builder("bus")
                .uri(uri)
                .channel("chat")
                .maxInFlight(1_000)
                .build();
    }

    @Override
    protected Outside outside() {
        FaultProxy network = FaultProxy.to(redis.port());
        String where = "127.0.0.1:" + network.port();
        RecordingInbox subscriber = new RecordingInbox();
        Links links = new Links();
        links.open(endpoint(redis.uri()), subscriber);
        return Outside.builder(() -> endpoint("redis://alice:s3cret@" + where))
                .unopenable(() -> endpoint("redis://alice:wrong-s3cret@" + where), where)
                .secrets("s3cret", "alice")
                .says(text -> cli.publish("chat", text.getBytes(StandardCharsets.UTF_8)))
                .hears(() -> texts(subscriber))
                .cuts(() -> network.inject(Fault.RESET))
                .stalls(() -> network.inject(Fault.STOP_READING))
                .mends(network::restore)
                .connections(network::accepted)
                .closes(() -> {
                    links.close();
                    network.close();
                })
                .build();
    }

    private static List<String> texts(RecordingInbox subscriber) {
        return subscriber.messages().stream()
                .map(Message::payload)
                .filter(Payload::isText)
                .map(Payload::text)
                .toList();
    }
}
