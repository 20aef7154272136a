package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.RelayEvent.SessionClosed;
import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source that must wait: its session is not read, nobody else notices. */
@ExtendWith(ThreadLeakExtension.class)
class BackPressureTest {
    private static final byte[] TINY = RawClient.frame(0x81, new byte[] {'x'});
    private static final byte[] KILOBYTE = RawClient.frame(0x82, new byte[1_000]);

    /** Writes frames until told to stop or nobody reads them. */
    private static final class Flood extends Thread {
        private final RawClient client;
        private final int limit;
        final AtomicInteger written = new AtomicInteger();

        Flood(RawClient client, int limit) {
            super("test-flood");
            this.client = client;
            this.limit = limit;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try {
                for (int i = 0; i < limit; i++) {
                    client.write(KILOBYTE);
                    written.incrementAndGet();
                }
            } catch (IOException e) {
                // the end of the test
            }
        }

        /** Waits until it gets no further. */
        void awaitStall() {
            AtomicInteger last = new AtomicInteger(-1);
            await().pollInterval(Duration.ofMillis(150))
                    .until(() -> written.get() > 0 && last.getAndSet(written.get()) == written.get());
        }
    }

    @Test
    void aSessionWithoutRoomIsHeldBackAndGoesOnLater() throws Exception {
        int count = 50_000;
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.inbox().onlyCount();
            open.inbox().fill();
            Flood flood = new Flood(client, count);
            flood.awaitStall();
            assertThat(flood.written.get()).isLessThan(count);
            assertThat(open.inbox().count()).isEqualTo(1);
            open.inbox().drain();
            await().atMost(Duration.ofSeconds(30)).until(() -> open.inbox().count() == count);
        }
    }

    @Test
    void whatWasReadWithAMessageThatWaitsIsKept() throws Exception {
        int count = 1_000;
        byte[] many = new byte[count * TINY.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(TINY, 0, many, i * TINY.length, TINY.length);
        }
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.inbox().onlyCount();
            open.inbox().fill();
            client.write(many);
            client.write(RawClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
            await().until(() -> open.inbox().count() > 0);
            assertThat(open.inbox().count()).isEqualTo(1);

            open.inbox().drain();

            assertThat(client.read().closeCode()).isEqualTo(1000);
            assertThat(open.inbox().count()).isEqualTo(count);
        }
    }

    @Test
    void aSessionOfWhichWhatWasKeptCannotBeReadIsEnded() throws Exception {
        byte[] many = new byte[2 * TINY.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = TINY[i % TINY.length];
        }
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.inbox().fill();
            client.write(many);
            await().until(() -> open.inbox().count() == 1);
            open.inbox().afterBatch(() -> {
                throw new AssertionError("as the test wants it");
            });

            open.inbox().drain();

            open.awaitSessions(0);
            assertThat(open.context().events(SessionClosed.class))
                    .extracting(SessionClosed::code)
                    .containsExactly(1006);
        }
    }

    @Test
    void othersAreQuickWhileSessionsAreHeldBack() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            open.inbox().onlyCount();
            open.inbox().fill();
            List<RawClient> held = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                held.add(open.connectRaw());
                new Flood(held.get(i), 50_000).awaitStall();
            }
            try (RawClient quick = open.connectRaw()) {
                long begun = System.nanoTime();
                for (int i = 0; i < 200; i++) {
                    quick.write(RawClient.frame(0x89, new byte[0]));
                    assertThat(quick.read().opcode()).isEqualTo(10);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            }
            for (RawClient client : held) {
                client.cut();
            }
        }
    }

    @Test
    void aSessionThatIsHeldBackStillGetsMessages() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.inbox().onlyCount();
            open.inbox().fill();
            new Flood(client, 50_000).awaitStall();
            open.send("news");
            assertThat(client.read().text()).isEqualTo("news");
        }
    }

    @Test
    void aSessionThatIsHeldBackForLongIsNotTakenForDead() throws Exception {
        WebSocketServerBuilder impatient =
                WebSocketServer.builder().pingInterval(Duration.ofMillis(100)).pongTimeout(Duration.ofMillis(100));
        try (OpenEndpoint open = OpenEndpoint.of(impatient);
                RawClient client = open.connectRaw()) {
            open.inbox().onlyCount();
            open.inbox().fill();
            new Flood(client, 50_000).awaitStall();
            await().during(Duration.ofMillis(800)).until(() -> open.server().sessionCount() == 1);
        }
    }

    @Test
    void aSessionThatIsHeldBackEndsInOrder() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.inbox().onlyCount();
            open.inbox().fill();
            for (int i = 0; i < 200; i++) {
                client.write(KILOBYTE);
            }
            await().until(() -> open.inbox().count() > 0);
            open.sessions().get(0).close(1000, "enough");
            assertThat(client.read().closeCode()).isEqualTo(1000);
            client.write(RawClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
            assertThat(client.endsInOrder()).isTrue();
        }
    }

    @Test
    void aSessionThatIsHeldBackCanBeClosed() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            open.inbox().onlyCount();
            open.inbox().fill();
            new Flood(client, 50_000).awaitStall();
            open.sessions().get(0).close(1000, "enough");
            assertThat(client.read().closeCode()).isEqualTo(1000);
            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(open.context().events(SessionClosed.class))
                            .extracting(SessionClosed::code)
                            .containsExactly(1000));
        }
    }
}
