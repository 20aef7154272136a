package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On which thread things happen. */
@ExtendWith(ThreadLeakExtension.class)
class ThreadingTest {
    @RegisterExtension
    final Relays relays = new Relays();

    private final SteppedExecutor lanes = new SteppedExecutor();
    private final TestEndpoint source = TestEndpoint.named("source");
    private final TestEndpoint target = TestEndpoint.named("target");

    /** Moves payloads as they are, and remembers who asked. */
    private static final class ForeignMarshaller implements Marshaller {
        final List<Thread> decoding = new CopyOnWriteArrayList<>();
        final List<Thread> encoding = new CopyOnWriteArrayList<>();

        @Override
        public Payload encode(Message message) {
            encoding.add(Thread.currentThread());
            return message.payload();
        }

        @Override
        public Message decode(Message wire) {
            decoding.add(Thread.currentThread());
            return wire;
        }
    }

    @Test
    void plainRouteRunsOnTheCallingThreadWhenIdle() {
        relays.start(lanes, Route.from(source).to(target));

        source.receive("1");
        source.receive("2");

        assertThat(target.sentTexts()).containsExactly("1", "2");
        assertThat(target.link().sent).extracting(TestLink.Sent::thread).containsOnly(Thread.currentThread());
        assertThat(target.link().flushes).hasValue(2);
        assertThat(lanes.waiting()).isZero();
    }

    @Test
    void plainRouteHandsOverAfterOneBatch() {
        int more = 300;
        relays.start(
                lanes, Route.from(source).queue(1_000, Overflow.DROP_NEWEST).to(target));
        AtomicBoolean first = new AtomicBoolean(true);
        target.link().onSend(() -> {
            if (first.getAndSet(false)) {
                IntStream.range(0, more).forEach(i -> source.receive("m" + i));
            }
        });

        source.receive("first");

        assertThat(target.link().sent).as("the batch that was there").hasSize(1);
        assertThat(lanes.waiting()).isEqualTo(1);
        lanes.step();
        assertThat(target.link().sent).as("one full batch more").hasSize(1 + 256);
        assertThat(lanes.waiting()).isEqualTo(1);
        lanes.step();
        assertThat(target.link().sent).hasSize(1 + more);
        assertThat(lanes.waiting()).isZero();
        assertThat(target.link().flushes).hasValue(3);
    }

    @Test
    void plainRouteThatRunsElsewhereOnlyTakesIn() throws InterruptedException {
        relays.start(lanes, Route.from(source).to(target));
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        target.link().onSend(() -> {
            sending.countDown();
            awaitUnchecked(go);
        });
        Thread other = new Thread(() -> source.receive("1"));
        other.start();
        sending.await();

        source.receive("2");

        assertThat(target.sentTexts()).containsExactly("1");
        go.countDown();
        other.join();
        lanes.runAll();
        assertThat(target.sentTexts()).containsExactly("1", "2");
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void routeWithAStepRunsOnItsLane() {
        relays.start(lanes, Route.from(source).filter(message -> true).to(target));

        source.receive("1");

        assertThat(target.link().sent).isEmpty();
        assertThat(lanes.waiting()).isEqualTo(1);
        lanes.step();
        assertThat(target.sentTexts()).containsExactly("1");
    }

    @Test
    void routeWithARouterRunsOnItsLane() {
        relays.start(lanes, Route.from(source).to(Router.byHeader("to"), target));

        source.receive("1");

        assertThat(lanes.waiting()).isEqualTo(1);
        lanes.runAll();
    }

    @Test
    void handlerRunsOnTheLane() {
        LocalEndpoint handling = LocalEndpoint.create("handling");
        List<Thread> threads = new CopyOnWriteArrayList<>();
        handling.onMessage(message -> threads.add(Thread.currentThread()));
        relays.start(Route.from(source).to(handling));

        source.receive("1");

        until(() -> !threads.isEmpty());
        assertThat(threads.get(0).getName()).startsWith("araldo-r-lane-");
        assertThat(threads.get(0).isDaemon()).isTrue();
    }

    @Test
    void ownMarshallersRunOnTheCallingThread() {
        TestEndpoint json = TestEndpoint.with("json", Marshaller.json());
        TestEndpoint alsoJson = TestEndpoint.with("also-json", Marshaller.json());
        relays.start(lanes, Route.from(json).to(alsoJson));

        json.receive("{\"data\": \"hello\"}");

        assertThat(lanes.waiting()).isZero();
        assertThat(alsoJson.sentTexts()).singleElement().asString().contains("\"data\":\"hello\"");
    }

    @Test
    void foreignMarshallerOfTheSourceRunsOnTheLane() {
        ForeignMarshaller marshaller = new ForeignMarshaller();
        TestEndpoint foreign = TestEndpoint.with("foreign", marshaller);
        relays.start(lanes, Route.from(foreign).to(target));

        foreign.receive("1");

        assertThat(marshaller.decoding).isEmpty();
        lanes.runAll();
        assertThat(marshaller.decoding).hasSize(1);
        assertThat(target.sentTexts()).containsExactly("1");
    }

    @Test
    void foreignMarshallerOfTheTargetRunsOnTheLane() {
        ForeignMarshaller marshaller = new ForeignMarshaller();
        TestEndpoint foreign = TestEndpoint.with("foreign", marshaller);
        relays.start(lanes, Route.from(source).to(foreign));

        source.receive("1");

        assertThat(marshaller.encoding).isEmpty();
        lanes.runAll();
        assertThat(marshaller.encoding).hasSize(1);
        assertThat(foreign.sentTexts()).containsExactly("1");
    }

    @Test
    void foreignMarshallerDecodesOnceForAllRoutes() {
        ForeignMarshaller marshaller = new ForeignMarshaller();
        TestEndpoint foreign = TestEndpoint.with("foreign", marshaller);
        TestEndpoint second = TestEndpoint.named("second");
        relays.start(lanes, Route.from(foreign).to(target), Route.from(foreign).to(second));

        foreign.receive("1");
        lanes.runAll();

        assertThat(marshaller.decoding).hasSize(1);
        assertThat(target.sentTexts()).containsExactly("1");
        assertThat(second.sentTexts()).containsExactly("1");
    }

    @Test
    void eventsComeOnAThreadOfTheirOwn() {
        List<String> threads = new CopyOnWriteArrayList<>();
        relays.start(relays.builder(Route.from(source).to(target))
                .events(event -> threads.add(Thread.currentThread().getName())));

        until(() -> threads.size() == 3);
        assertThat(threads).containsOnly("araldo-r-events");
    }

    @Test
    void endpointsOpenOnThreadsThatMayBlock() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        source.opening(link -> {
            threads.add(Thread.currentThread());
            return TestEndpoint.Opening.atOnce().open(link);
        });
        relays.start(lanes, Route.from(source).to(target));

        assertThat(threads)
                .singleElement()
                .extracting(Thread::getName)
                .asString()
                .startsWith("araldo-r-opener-");
    }

    @Test
    void ownLanesHaveAtLeastTwoThreads() {
        CountDownLatch both = new CountDownLatch(2);
        LocalEndpoint one = LocalEndpoint.create("one");
        LocalEndpoint two = LocalEndpoint.create("two");
        one.onMessage(message -> {
            both.countDown();
            awaitUnchecked(both);
        });
        two.onMessage(message -> {
            both.countDown();
            awaitUnchecked(both);
        });
        relays.start(Route.from(source).to(one), Route.from(source).to(two));

        TestLink.Received received = source.receive("1");

        until(received.outcome()::isDone);
        assertThat(received.now()).isEqualTo(Outcome.delivered());
    }
}
