package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Health;
import io.araldo.Link;
import io.araldo.Outcome;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A link that works, but not as it should, says so, since when and why; and no more when that is over. */
@ExtendWith(ThreadLeakExtension.class)
class HealthTest {
    private static final Duration CALM = Duration.ofSeconds(5);
    private static final String SLOW = "sessions that are too slow miss messages: see slowSession";
    private static final String FULL =
            "the outbox is full: see outboundMessages and outboundBytes, and whether the server reads";

    private static Health degraded(Link link, String why) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> link.health().status() != Health.Status.UP);
        Health health = link.health();
        assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(health.why()).isEqualTo(why);
        return health;
    }

    private static void assertRecovers(Link link, TestContext context, Health before) {
        context.later(CALM);
        await().pollInterval(Duration.ofMillis(10)).until(() -> link.health().status() == Health.Status.UP);
        assertThat(link.health().since())
                .isAfterOrEqualTo(before.since().plus(CALM))
                .isBeforeOrEqualTo(context.clock().instant());
    }

    /** Sends, at the pace of a quick session, until a slow one misses something. */
    private static void flood(OpenEndpoint open) throws Exception {
        Session slow = (Session) open.sessions().get(0);
        try (Client quick = open.connect()) {
            while (!slow.count().skipped().containsKey(DropReason.SLOW_SESSION)) {
                assertThat(open.send("x".repeat(10_000)).join()).isEqualTo(Outcome.delivered());
            }
            assertThat(quick.closed()).isNotDone();
        }
    }

    @Test
    void serverIsDegradedWhileSlowSessionsMissMessages() throws Exception {
        for (SlowSession policy : SlowSession.values()) {
            WebSocketServerBuilder small =
                    WebSocketServer.builder().outboundMessages(100).slowSession(policy);
            try (OpenEndpoint open = OpenEndpoint.of(small);
                    RawClient slow = open.connectRaw(4_096)) {
                assertThat(open.link().health().status()).isEqualTo(Health.Status.UP);
                Instant before = Instant.now();
                flood(open);

                Health health = degraded(open.link(), SLOW);

                assertThat(health.since())
                        .isBetween(before.minusMillis(1), open.context().clock().instant());
                assertThat(open.link().health()).isEqualTo(health);
                assertRecovers(open.link(), open.context(), health);
                slow.cut();
            }
        }
    }

    @Test
    void serverIsDegradedWhileItsBudgetIsUsedUp() throws Exception {
        WebSocketServerBuilder poor =
                WebSocketServer.builder().outboundTotalBytes(1 << 20).slowSession(SlowSession.DROP_OLDEST);
        try (OpenEndpoint open = OpenEndpoint.of(poor);
                RawClient slow = open.connectRaw(4_096)) {
            flood(open);

            Health health = degraded(open.link(), SLOW + "; outboundTotalBytes is used up: 1048576 bytes wait");

            slow.cut();
            open.awaitSessions(0);
            assertRecovers(open.link(), open.context(), health);
        }
    }

    @Test
    void clientIsDegradedWhileItsOutboxIsFull() throws Exception {
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.of(WebSocketClientEndpoint.builder("upstream")
                        .uri(server.uri())
                        .outboundMessages(1));
                RawServer.Accepted accepted = server.next()) {
            client.send("takes all the room");
            assertThat(client.link().health().status()).isEqualTo(Health.Status.UP);
            assertThat(client.send("finds none")).isCompletedWithValue(Outcome.dropped(DropReason.OVERFLOW));

            Health health = degraded(client.link(), FULL);

            client.context().later(CALM.minusSeconds(2));
            client.send("nor does this");
            client.context().later(CALM.minusSeconds(2));
            assertThat(client.link().health()).isEqualTo(health);
            assertThat(accepted.read()).isEqualTo("1:takes all the room");
            assertRecovers(client.link(), client.context(), health);
        }
    }

    @Test
    void clientIsDegradedWhileAPongIsOverdue() throws Exception {
        Duration patience = Duration.ofSeconds(4);
        try (RawServer server = RawServer.upgrading();
                OpenClient client = OpenClient.of(WebSocketClientEndpoint.builder("upstream")
                        .uri(server.uri())
                        .pingInterval(Duration.ofMillis(100))
                        .pongTimeout(patience));
                RawServer.Accepted accepted = server.next()) {
            assertThat(accepted.read()).isEqualTo("9:");
            Instant pinged = Instant.now();
            assertThat(client.link().health().status()).isEqualTo(Health.Status.UP);

            Health health = degraded(client.link(), "the answer to a ping is overdue");

            assertThat(Duration.between(pinged, health.since())).isBetween(patience.dividedBy(3), patience);
            accepted.write(10, new byte[0]);
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> client.link().health().status() == Health.Status.UP);
            assertThat(client.link().health().since()).isAfter(health.since());
            assertThat(client.inbox().losses()).isEmpty();
        }
    }
}
