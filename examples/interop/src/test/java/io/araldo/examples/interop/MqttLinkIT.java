package io.araldo.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.EndpointException;
import io.araldo.Health;
import io.araldo.Link;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.TestLinkContext;
import io.araldo.testing.ThreadLeakExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@link Link} and {@link io.araldo.Inbox} promise, kept by a link over a real broker and a bad network. */
class MqttLinkIT {
    @RegisterExtension
    static final ThreadLeakExtension LEAKS = ThreadLeakExtension.afterEachTest().watching("MQTT");

    private static TestBroker broker;

    private final RecordingInbox inbox = new RecordingInbox();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final TestLinkContext context = TestLinkContext.bothWays("relay", "mqtt");
    private final FaultProxy network = FaultProxy.to(broker.port());

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @AfterEach
    void stop() {
        network.close();
        context.close();
    }

    private MqttEndpoint.Builder endpoint(String topic) {
        return MqttEndpoint.builder("mqtt")
                .uri("mqtt://ada:s3cret@127.0.0.1:" + network.port())
                .topic(topic);
    }

    private Link open(MqttEndpoint endpoint) {
        return endpoint.open(inbox, context).toCompletableFuture().join();
    }

    private static void close(Link link) {
        link.close().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void whatIsSentIsDeliveredAtPubAckAndComesBackInOrder() {
        Link link = open(endpoint("order").build());
        for (int i = 0; i < 500; i++) {
            link.send(Message.text("m" + i), outcomes::add);
        }
        await().until(() -> outcomes.size() == 500 && inbox.messages().size() == 500);
        assertThat(outcomes).containsOnly(Outcome.delivered());
        for (int i = 0; i < 500; i++) {
            assertThat(inbox.texts().get(i)).isEqualTo("m" + i);
        }
        assertThat(inbox.messages().get(0).origin()).isEqualTo(context.origin(null, null));
        close(link);
        assertThat(inbox.losses()).isEmpty();
    }

    @Test
    void qosZeroIsDeliveredWhenWritten() {
        Link link = open(endpoint("zero").qos(0).build());
        link.send(Message.text("m"), outcomes::add);
        await().until(() -> inbox.texts().equals(List.of("m")) && outcomes.equals(List.of(Outcome.delivered())));
        close(link);
    }

    @Test
    void messageOfFilterCarriesItsTopicAndSendingToFilterFails() throws MqttException {
        Link link = open(endpoint("filter/+").build());
        try (MqttProbe probe = new MqttProbe(broker.port())) {
            probe.publish("filter/a", "m");
            await().until(() -> inbox.messages().size() == 1);
        }
        assertThat(inbox.messages().get(0).header(MqttEndpoint.TOPIC_HEADER)).hasValue("filter/a");
        link.send(Message.text("m"), outcomes::add);
        assertThat(outcomes.get(0).cause())
                .hasMessage("mqtt endpoint 'mqtt': cannot publish to the filter 'filter/+' (expected: a route to an"
                        + " endpoint whose topic has no '+' and no '#')");
        close(link);
    }

    @Test
    void whatExceedsBoundsIsDroppedAndWhatIsUnansweredAtTheLossIsUnknown() {
        Link link = open(endpoint("bounds").maxInFlight(2).maxPayloadBytes(4).build());
        network.inject(Fault.SWALLOW_REPLIES);
        link.send(Message.text("large"), outcomes::add);
        for (int i = 0; i < 3; i++) {
            link.send(Message.text("m" + i), outcomes::add);
        }
        assertThat(outcomes)
                .containsExactly(Outcome.dropped(DropReason.TOO_LARGE), Outcome.dropped(DropReason.OVERFLOW));
        network.inject(Fault.RESET);
        await().until(() -> inbox.losses().size() == 1);
        assertThat(outcomes.subList(2, 4)).containsOnly(Outcome.unknown());
        link.send(Message.text("m"), outcomes::add);
        assertThat(outcomes.get(4)).isEqualTo(Outcome.dropped(DropReason.NOT_WRITABLE));
        assertThat(link.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(inbox.losses().get(0))
                .hasMessage("mqtt endpoint 'mqtt': the connection to mqtt://127.0.0.1:" + network.port()
                        + " is lost: it was closed, by the broker or on the way");
        close(link);
        assertThat(inbox.losses()).hasSize(1);
    }

    @Test
    void brokerThatDoesNotAnswerIsLost() {
        open(endpoint("silent").keepAlive(Duration.ofSeconds(1)).build());
        network.inject(Fault.HALF_OPEN);
        await().until(() -> inbox.losses().size() == 1);
        assertThat(inbox.losses().get(0)).hasMessageEndingWith("is lost: no answer to a ping");
    }

    @Test
    void closingEndsInTimeAlthoughNothingIsAnswered() {
        Link link = open(endpoint("closing").build());
        network.inject(Fault.STOP_READING);
        link.send(Message.text("m"), outcomes::add);
        assertThat(outcomes).isEmpty();
        close(link);
        assertThat(outcomes).containsExactly(Outcome.unknown());
        assertThat(inbox.losses()).isEmpty();
        link.send(Message.text("m"), outcomes::add);
        assertThat(outcomes.get(1)).isEqualTo(Outcome.dropped(DropReason.NOT_WRITABLE));
    }

    @Test
    void sendingNeverBlocksHoweverFullTheConnectionIsAndEachMessageIsAnswered() {
        Link link = open(endpoint("full").qos(0).maxInFlight(1_000).build());
        network.inject(Fault.STOP_READING);
        Message message = Message.binary(new byte[65_536]);
        for (int i = 0; i < 2_000; i++) {
            link.send(message, outcomes::add);
        }
        assertThat(outcomes).contains(Outcome.dropped(DropReason.OVERFLOW));
        close(link);
        assertThat(outcomes).hasSize(2_000).contains(Outcome.unknown());
    }

    @Test
    void whatCannotBeOpenedSaysWhyAndLeavesNothing() throws IOException {
        network.inject(Fault.REFUSE);
        assertRefused("connection refused; start a broker there, or correct the uri");
        network.inject(Fault.HANG_UP);
        assertRefused("it closed the connection; is it an MQTT broker, for connections without TLS?");
        network.inject(Fault.HALF_OPEN);
        assertRefused("no answer within 5 s; is it an MQTT broker, and well?");
        assertThat(inbox.losses()).isEmpty();
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> open(endpoint("x").build()))
                .isInstanceOf(EndpointException.class)
                .hasMessage("mqtt endpoint 'mqtt': cannot open mqtt://127.0.0.1:" + network.port() + ": " + reason);
    }
}
