package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that cannot be read or written, and marshallers that misbehave. */
@ExtendWith(ThreadLeakExtension.class)
class DecodingTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final TestEndpoint a = TestEndpoint.named("a");
    private final TestEndpoint b = TestEndpoint.named("b");

    /** Of the application: reads as it is told, and writes payloads as they are. */
    private static final class Foreign implements Marshaller {
        final AtomicInteger decoded = new AtomicInteger();
        private final UnaryOperator<Message> reading;

        Foreign(UnaryOperator<Message> reading) {
            this.reading = reading;
        }

        @Override
        public Payload encode(Message message) {
            return message.payload();
        }

        @Override
        public Message decode(Message wire) {
            decoded.incrementAndGet();
            return reading.apply(wire);
        }

        @Override
        public String toString() {
            return "Foreign";
        }
    }

    @Test
    void whatOurMarshallerRefusesFailsAndCountsAtItsEndpoint() {
        TestEndpoint json = TestEndpoint.with("json", Marshaller.json());
        Relay relay = relays.start(Route.from(json).name("route").to(a));

        TestLink.Received received = json.receive("no envelope");

        assertThat(received.now().kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(received.now().cause()).isInstanceOf(MarshallingException.class);
        assertThat(received.ready()).isCompleted();
        assertThat(relay.ledger().endpoints().get("json")).isEqualTo(new Ledger.EndpointCount(1, 1));
        assertThat(relay.ledger().route("route").received()).isZero();
        assertThat(a.sentTexts()).isEmpty();
        relays.awaitWarning("relay 'r', 'json': a message failed: not a JSON envelope: ");
    }

    @Test
    void whatAForeignMarshallerRefusesCountsOnceForAllRoutes() {
        Foreign refusing = new Foreign(wire -> {
            throw new MarshallingException("refused");
        });
        TestEndpoint foreign = TestEndpoint.with("foreign", refusing);
        Relay relay = relays.start(
                lanes,
                Route.from(foreign).name("one").to(a),
                Route.from(foreign).name("two").to(b));

        TestLink.Received received = foreign.receive("1");
        lanes.runAll();

        assertThat(refusing.decoded).hasValue(1);
        assertThat(received.now().cause()).hasMessage("refused");
        assertThat(relay.ledger().endpoints().get("foreign")).isEqualTo(new Ledger.EndpointCount(1, 1));
        assertThat(relay.ledger().route("one").failed()).isEqualTo(1);
        assertThat(relay.ledger().route("two").failed()).isEqualTo(1);
        relays.expectWarnings();
    }

    @Test
    void errorOfAForeignMarshallerFailsItsMessageAlone() {
        AssertionError boom = new AssertionError("boom");
        AtomicInteger calls = new AtomicInteger();
        TestEndpoint foreign = TestEndpoint.with("foreign", new Foreign(wire -> {
            if (calls.incrementAndGet() == 1) {
                throw boom;
            }
            return wire;
        }));
        Relay relay = relays.start(lanes, Route.from(foreign).to(a));

        TestLink.Received first = foreign.receive("1");
        TestLink.Received second = foreign.receive("2");
        lanes.runAll();

        assertThat(first.now().cause())
                .isInstanceOf(MarshallingException.class)
                .hasCause(boom)
                .hasMessage("Foreign failed on text, 1 bytes: 1: java.lang.AssertionError: boom");
        assertThat(second.now()).isEqualTo(Outcome.delivered());
        assertThat(relay.ledger().endpoints().get("foreign")).isEqualTo(new Ledger.EndpointCount(2, 1));
        relays.expectWarnings();
    }

    @Test
    void sourceDoesNotWaitForALaneThatDecodesWhatItDrops() throws InterruptedException {
        relays.expectWarnings();
        CountDownLatch decoding = new CountDownLatch(1);
        CompletableFuture<Void> go = new CompletableFuture<>();
        Foreign slow = new Foreign(wire -> {
            decoding.countDown();
            go.join();
            return wire;
        });
        TestEndpoint foreign = TestEndpoint.with("foreign", slow);
        relays.start(
                lanes,
                Route.from(foreign).to(a),
                Route.from(foreign).queue(1, Overflow.DROP_OLDEST).to(b));
        TestLink.Received first = foreign.receive("1");
        Thread lane = new Thread(lanes::step);
        lane.start();
        decoding.await();
        CompletableFuture<Void> second = new CompletableFuture<>();
        new Thread(() -> {
                    foreign.receive("2");
                    second.complete(null);
                })
                .start();

        until(second::isDone);

        assertThat(first.outcome()).isNotDone();
        go.complete(null);
        lane.join();
        lanes.runAll();
        assertThat(first.now()).isEqualTo(Outcome.dropped(DropReason.OVERFLOW));
    }

    @Test
    void routesBoundTheBytesOfTheWire() {
        relays.expectWarnings();
        TestEndpoint json = TestEndpoint.with("json", Marshaller.json());
        a.thatHolds();
        relays.start(Route.from(json)
                .queue(100, Overflow.DROP_NEWEST)
                .queueBytes(200)
                .to(a));
        String large = "{\"data\": \"x\", \"headers\": {\"h\": \"" + "y".repeat(150) + "\"}}";

        TestLink.Received first = json.receive(large);
        TestLink.Received second = json.receive(large);

        assertThat(second.now()).isEqualTo(Outcome.dropped(DropReason.OVERFLOW));
        a.link().acknowledge(0, Outcome.delivered());
        assertThat(first.now()).isEqualTo(Outcome.delivered());
    }
}
