package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What travels between clients and a link. */
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
    void messageIsSentToAllSessions() throws Exception {
        try (OpenEndpoint open = OpenEndpoint.withDefaults();
                Client one = open.connect();
                Client other = open.connect()) {
            assertThat(open.send("hello").get()).isEqualTo(Outcome.delivered());
            await().untilAsserted(() -> assertThat(List.of(one, other))
                    .allSatisfy(client -> assertThat(client.texts()).containsExactly("hello")));
        }
    }
}
