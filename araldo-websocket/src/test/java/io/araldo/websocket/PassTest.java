package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.Message;
import io.araldo.testing.ThreadLeakExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A short pass runs on the thread that sends, a long one on a writer's. Who answers a message has written it: the sockets
 * of these clients take all at once.
 */
@ExtendWith(ThreadLeakExtension.class)
class PassTest {
    private static final int FEW = 120;
    private static final int MANY = 140;

    private final OpenEndpoint open = OpenEndpoint.withDefaults();
    private final List<RawClient> clients = new ArrayList<>();
    private final List<String> writers = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        open.close();
    }

    private void connect(int count) throws Exception {
        while (clients.size() < count) {
            clients.add(open.connectRaw());
        }
    }

    private void send(Message message) {
        send(open, message);
    }

    private void send(OpenEndpoint to, Message message) {
        Thread here = Thread.currentThread();
        to.link().send(message, outcome -> writers.add(who(Thread.currentThread(), here)));
    }

    private static String who(Thread writer, Thread here) {
        String name = writer.getName();
        return writer == here ? "here" : name.contains("-writer-") ? "a writer" : name;
    }

    private void sendToEach(String text) {
        open.sessions().forEach(session -> send(Message.text(text).withAddress(session.id())));
    }

    /** Who has written what was sent since the last time. */
    private List<String> flush(int messages) {
        return flush(open, messages);
    }

    private List<String> flush(OpenEndpoint to, int messages) {
        to.link().flush();
        await().until(() -> writers.size() == messages);
        List<String> all = List.copyOf(writers);
        writers.clear();
        return all;
    }

    @Test
    void theThreadThatSendsWritesToFewAndAWriterToMany() throws Exception {
        connect(FEW);
        send(Message.text("to few"));
        assertThat(flush(1)).containsExactly("here");
        connect(MANY);
        send(Message.text("to many"));
        assertThat(flush(1)).containsExactly("a writer");
    }

    @Test
    void thoseThatHaveGoneNoLongerCount() throws Exception {
        connect(MANY);
        send(Message.text("to many"));
        assertThat(flush(1)).containsExactly("a writer");
        for (RawClient client : clients.subList(FEW, MANY)) {
            client.close();
        }
        open.awaitSessions(FEW);
        await().untilAsserted(() -> {
            send(Message.text("to few"));
            assertThat(flush(1)).as("when the writer is done").containsExactly("here");
        });
    }

    @Test
    void aWriterWritesMuchThoughItBeToFew() throws Exception {
        connect(20);
        send(Message.text("x".repeat(44_000)));
        assertThat(flush(1)).containsExactly("here");
        send(Message.text("x".repeat(23_000)));
        send(Message.text("x".repeat(23_000)));
        assertThat(flush(2)).containsExactly("a writer", "a writer");
        await().untilAsserted(() -> {
            send(Message.text("short"));
            assertThat(flush(1)).as("when the writer is done").containsExactly("here");
        });
    }

    @Test
    void theThreadThatSendsWritesToFewOfThoseThatAreAddressed() throws Exception {
        connect(FEW);
        sendToEach("to you");
        assertThat(flush(FEW)).containsOnly("here");
        connect(MANY);
        sendToEach("to you");
        assertThat(flush(MANY)).containsOnly("a writer");
    }

    @Test
    void roomsThatAreFlushedTogetherAreWrittenToHereAsFarAsThatIsShort() throws Exception {
        WebSocketServer server = WebSocketServer.builder().build();
        try (OpenEndpoint rooms = OpenEndpoint.of(server, server.endpoint("rooms", "/room/{room}"))) {
            for (int i = 0; i < MANY; i++) {
                RawClient client = RawClient.open(rooms.port());
                clients.add(client);
                client.handshake("/room/" + i % 2);
            }
            rooms.awaitSessions(MANY);
            for (String room : List.of("0", "1")) {
                send(rooms, Message.text("to a room").withHeader("room", room));
            }
            assertThat(flush(rooms, 2)).containsExactly("here", "a writer");
        }
    }

    @Test
    void aWriterWritesMuchToThoseThatAreAddressed() throws Exception {
        connect(20);
        sendToEach("x".repeat(46_000));
        assertThat(flush(20)).containsOnly("a writer");
        await().untilAsserted(() -> {
            sendToEach("short");
            assertThat(flush(20)).as("when the writer is done").containsOnly("here");
        });
    }
}
