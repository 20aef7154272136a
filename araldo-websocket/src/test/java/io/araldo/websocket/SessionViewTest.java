package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.araldo.RelayEvent.SessionClosed;
import io.araldo.RelayEvent.SessionOpened;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions as the application sees them: listed, told of, closed. */
@ExtendWith(ThreadLeakExtension.class)
class SessionViewTest {
    @Test
    void sessionsAreListedAndCounted() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            assertThat(open.server().sessionCount()).isZero();
            try (Client one = open.connect();
                    Client two = open.connect()) {
                assertThat(open.server().sessionCount()).isEqualTo(2);
                assertThat(open.sessions()).extracting(ClientSession::id).doesNotHaveDuplicates();
                one.cut();
                two.cut();
            }
            await().until(() -> open.server().sessionCount() == 0);
            assertThat(open.sessions()).isEmpty();
        }
    }

    @Test
    void aSessionTellsWhereAndSinceWhen() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            assertThat(client.closed()).isNotDone();
            ClientSession session = open.sessions().get(0);
            assertThat(session.endpoint()).isEqualTo("browsers");
            assertThat(session.remoteAddress()).matches("127\\.0\\.0\\.1:\\d+");
            assertThat(session.openedAt()).isBetween(Instant.now().minusSeconds(10), Instant.now());
            assertThat(session.principal()).isEmpty();
        }
    }

    @Test
    void aSessionIsClosedWithACodeAfterWhatWaitsForIt() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            open.link().send(io.araldo.Message.text("last words"), io.araldo.Acknowledgement.ignored());
            open.sessions().get(0).close(4001, "come back tomorrow");
            assertThat(client.closed().get(5, TimeUnit.SECONDS)).isEqualTo(4001);
            assertThat(client.closeReason()).isEqualTo("come back tomorrow");
            assertThat(client.texts()).containsExactly("last words");
        }
    }

    @Test
    void aCodeThatMustNotBeSentIsRefusedAndNothingIsClosed() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            ClientSession session = open.sessions().get(0);
            assertThatIllegalArgumentException().isThrownBy(() -> session.close(1006, ""));
            open.send("still here");
            await().untilAsserted(() -> assertThat(client.texts()).containsExactly("still here"));
        }
    }

    @Test
    void openingAndClosingAreEvents() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client client = open.connect()) {
            ClientSession session = open.sessions().get(0);
            assertThat(open.context().events())
                    .containsExactly(new SessionOpened("browsers", session.id(), null, session.remoteAddress()));
            client.closeWith(1000, "done");
            await().untilAsserted(() -> assertThat(open.context().events(SessionClosed.class))
                    .containsExactly(new SessionClosed("browsers", session.id(), 1000, "done")));
        }
    }

    @Test
    void aConnectionThatBreaksIsClosedWith1006() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            client.cut();
            await().untilAsserted(() -> assertThat(open.context().events(SessionClosed.class))
                    .extracting(SessionClosed::code)
                    .containsExactly(1006));
        }
    }

    @Test
    void closingIsOneEventHoweverManyEndsMeet() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                RawClient client = open.connectRaw()) {
            ClientSession session = open.sessions().get(0);
            session.close(4000, "first");
            session.close(4001, "second");
            client.write(RawClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
            await().until(() -> open.server().sessionCount() == 0);
            await().during(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(open.context().events(SessionClosed.class))
                            .containsExactly(new SessionClosed("browsers", session.id(), 4000, "first")));
        }
    }
}
