package io.araldo.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Message;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.testing.TestWebSocket;
import io.araldo.testing.ThreadLeakExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ThreadLeakExtension.class)
class BackendIT {
    private static final Pattern CORRELATION = Pattern.compile("\"correlation\":\"[^\"]+\"");

    @Test
    void answerGoesToTheOneWhoAskedWithItsCorrelation() {
        Backend backend = new Backend(0);
        try (Relay relay = backend.relay().start();
                TestWebSocket ada = connect(backend);
                TestWebSocket grace = connect(backend)) {
            ada.send("{\"data\": \"hello\", \"correlation\": \"7\"}");
            await().until(() -> ada.received().size() == 1);
            assertThat(ada.received().get(0)).contains("\"data\":\"HELLO\"", "\"correlation\":\"7\"");
            assertThat(grace.received()).isEmpty();
            await().untilAsserted(() -> relay.ledger().assertConserved());
        }
    }

    @Test
    void applicationAsksBrowserAndGetsItsAnswer() throws Exception {
        Backend backend = new Backend(0);
        List<RelayEvent.SessionOpened> sessions = new CopyOnWriteArrayList<>();
        try (Relay relay = backend.relay()
                        .events(event -> {
                            if (event instanceof RelayEvent.SessionOpened opened) {
                                sessions.add(opened);
                            }
                        })
                        .start();
                TestWebSocket ada = connect(backend)) {
            await().until(() -> sessions.size() == 1);
            Message question = Message.text("who?").withAddress(sessions.get(0).session());
            CompletableFuture<Message> answer = backend.application
                    .request(question, Duration.ofSeconds(10))
                    .toCompletableFuture();
            await().until(() -> ada.received().size() == 1);
            Matcher correlation = CORRELATION.matcher(ada.received().get(0));
            assertThat(correlation.find()).isTrue();
            ada.send("{\"data\": \"Ada\", " + correlation.group() + "}");
            assertThat(answer.get().payload().text()).isEqualTo("Ada");
            await().untilAsserted(() -> relay.ledger().assertConserved());
        }
    }

    @Test
    void whatIsNoEnvelopeIsCountedAndHarmsNobody() {
        Backend backend = new Backend(0);
        try (Relay relay = backend.relay().start();
                TestWebSocket ada = connect(backend)) {
            ada.send("hello");
            await().until(() -> relay.ledger().endpoints().get("browsers").undecodable() == 1);
            ada.send("{\"data\": \"hello\"}");
            await().until(() -> ada.received().size() == 1);
        }
    }

    private static TestWebSocket connect(Backend backend) {
        return TestWebSocket.connect(URI.create("ws://localhost:" + backend.port() + "/ask"));
    }
}
