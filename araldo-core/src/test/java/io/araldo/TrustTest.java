package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is believed of what an envelope says of itself. */
@ExtendWith(ThreadLeakExtension.class)
class TrustTest {
    private static final Message ENVELOPE = Message.text("{\"data\": \"hello\", \"correlation\": \"c1\","
            + " \"headers\": {\"h\": \"v\"}, \"address\": \"s9\", \"id\": \"claimed\","
            + " \"time\": \"2001-01-01T00:00:00Z\", \"origin\": {\"relay\": \"x\", \"endpoint\": \"y\","
            + " \"session\": \"s7\", \"principal\": \"root\"}, \"hops\": 5, \"trail\": [\"redis://h/x\"]}");

    @RegisterExtension
    final Relays relays = new Relays();

    private final TestEndpoint source = TestEndpoint.with("source", Marshaller.json());
    private final LocalEndpoint local = LocalEndpoint.create("local");
    private final List<Message> arrived = new CopyOnWriteArrayList<>();

    @BeforeEach
    void collect() {
        local.onMessage(arrived::add);
    }

    private Message arrivedFromClient(Route route) {
        relays.start(route);
        source.link().receive(ENVELOPE.withOrigin(source.link().context.origin("s1", "alice")));
        until(() -> arrived.size() == 1);
        return arrived.get(0);
    }

    @Test
    void whatAClientClaimsOfItselfIsDiscarded() {
        Message message = arrivedFromClient(Route.from(source).to(local));

        assertThat(message.origin()).isEqualTo(new Origin("r", "source", "s1", "alice"));
        assertThat(message.id()).isEqualTo(ENVELOPE.id());
        assertThat(message.time()).isEqualTo(ENVELOPE.time());
        assertThat(message.hops()).isZero();
        assertThat(message.trail()).isEmpty();
    }

    @Test
    void contentAndCorrelationOfAClientSurvive() {
        Message message = arrivedFromClient(Route.from(source).to(local));

        assertThat(message.payload().text()).isEqualTo("hello");
        assertThat(message.headers()).isEqualTo(Map.of("correlation", "c1", "h", "v"));
    }

    @Test
    void addressOfAClientIsDiscarded() {
        assertThat(arrivedFromClient(Route.from(source).to(local)).address()).isEmpty();
    }

    @Test
    void addressOfAClientCountsOnAnAddressableRoute() {
        assertThat(arrivedFromClient(Route.from(source).addressable().to(local)).address())
                .contains("s9");
    }

    @Test
    void addressIsDiscardedBeforeTheSteps() {
        Route route = Route.from(source)
                .filter(message -> message.address().isEmpty())
                .map(message -> message.withAddress("chosen by the application"))
                .to(local);

        assertThat(arrivedFromClient(route).address()).contains("chosen by the application");
    }

    @Test
    void envelopeFromABrokerIsBelieved() {
        relays.start(Route.from(source).to(local));

        source.link().receive(ENVELOPE);

        until(() -> arrived.size() == 1);
        Message message = arrived.get(0);
        assertThat(message.origin()).isEqualTo(new Origin("x", "y", "s7", "root"));
        assertThat(message.id()).isEqualTo("claimed");
        assertThat(message.time()).isEqualTo(Instant.parse("2001-01-01T00:00:00Z"));
        assertThat(message.hops()).isEqualTo(6);
        assertThat(message.trail()).containsExactly("redis://h/x");
        assertThat(message.address()).contains("s9");
    }

    @Test
    void foreignMarshallersAreBelievedNoMoreThanOurs() {
        TestEndpoint foreign = TestEndpoint.with("foreign", new Marshaller() {
            @Override
            public Payload encode(Message message) {
                return Marshaller.json().encode(message);
            }

            @Override
            public Message decode(Message wire) {
                return Marshaller.json().decode(wire);
            }
        });
        relays.start(Route.from(foreign).to(local));
        foreign.link().receive(ENVELOPE.withOrigin(foreign.link().context.origin("s1", null)));
        foreign.link().receive(ENVELOPE);

        until(() -> arrived.size() == 2);
        assertThat(arrived.get(0).origin()).isEqualTo(new Origin("r", "foreign", "s1", null));
        assertThat(arrived.get(0).address()).isEmpty();
        assertThat(arrived.get(1).origin()).isEqualTo(new Origin("x", "y", "s7", "root"));
        assertThat(arrived.get(1).address()).contains("s9");
    }
}
