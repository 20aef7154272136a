package io.araldo.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Endpoint;
import io.araldo.LocalEndpoint;
import io.araldo.Marshaller;
import io.araldo.Message;
import io.araldo.PlanException;
import io.araldo.Relay;
import io.araldo.RelayEvent;
import io.araldo.Route;
import io.araldo.redis.RedisPubSubEndpoint;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.RedisServerProcess;
import io.araldo.testing.ThreadLeakExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bridges between two Redis servers that would storm elsewhere: each circle is refused before the start where one plan
 * holds all of it, and broken by what the messages carry where it does not. What only looks like a circle is let through.
 */
@ExtendWith(ThreadLeakExtension.class)
class LoopIT {
    private static final String CHANNEL = "x";

    private static RedisServerProcess east;
    private static RedisServerProcess west;

    private final List<Relay> relays = new ArrayList<>();
    private final LocalEndpoint sender = LocalEndpoint.create("sender");
    private final List<String> inEast = new CopyOnWriteArrayList<>();
    private final List<String> inWest = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startServers() {
        east = RedisServerProcess.start();
        west = RedisServerProcess.start();
    }

    @AfterAll
    static void stopServers() {
        east.close();
        west.close();
    }

    /** A bystander, who writes to one server and sees what passes through both. */
    @BeforeEach
    void watch() {
        Endpoint eastern = json("east", east.uri());
        LocalEndpoint seenEast = LocalEndpoint.create("seen-east");
        LocalEndpoint seenWest = LocalEndpoint.create("seen-west");
        seenEast.onMessage(message -> inEast.add(message.payload().text()));
        seenWest.onMessage(message -> inWest.add(message.payload().text()));
        start(
                Route.from(sender).to(eastern),
                Route.from(eastern).to(seenEast),
                Route.from(json("west", west.uri())).to(seenWest));
    }

    @AfterEach
    void closeRelays() {
        relays.forEach(Relay::close);
        relays.forEach(relay -> relay.ledger().assertConserved());
    }

    private Relay start(Route... routes) {
        Relay relay = Relay.start(routes);
        relays.add(relay);
        return relay;
    }

    private static Endpoint raw(String name, String uri) {
        return RedisPubSubEndpoint.builder(name).uri(uri).channel(CHANNEL).build();
    }

    private static Endpoint json(String name, String uri) {
        return RedisPubSubEndpoint.builder(name)
                .uri(uri)
                .channel(CHANNEL)
                .marshaller(Marshaller.json())
                .build();
    }

    /** Both ways between the same channel of two servers. */
    private Relay bridge() {
        Endpoint a = json("a", east.uri());
        Endpoint b = json("b", west.uri());
        return start(Route.from(a).to(b), Route.from(b).to(a));
    }

    private static long loops(Relay relay, String route, String target) {
        return relay.ledger().leg(route, target).dropped().getOrDefault(DropReason.LOOP, 0L);
    }

    /** Everything that was sent before has passed where the last message has. */
    private void sendAndAwait(String last) {
        sender.send(last);
        await().until(() -> inEast.contains(last) && inWest.contains(last));
    }

    /** Two brokers, the same topic on both, bridged both ways (eclipse-mosquitto 3011). */
    @Test
    void bridgeOfRawChannelsThatFeedsItselfIsRefused() {
        Endpoint a = raw("a", east.uri());
        Endpoint b = raw("b", west.uri());
        String x = "redis://localhost:" + east.port() + "/x";
        String y = "redis://localhost:" + west.port() + "/x";
        assertThatThrownBy(() -> Relay.start(Route.from(a).to(b), Route.from(b).to(a)))
                .isInstanceOf(PlanException.class)
                .hasMessageEndingWith("routes a->b, b->a feed themselves: " + x + " -> " + y + " -> " + x
                        + "; use separate channels, an enveloping marshaller on both, or allowLoop(hops)");
    }

    @Test
    void bridgeOfEnvelopesPassesEachMessageOnce() {
        Relay bridge = bridge();

        sendAndAwait("one");
        sendAndAwait("two");
        await().until(() -> loops(bridge, "b->a", "a") == 2);

        assertThat(inEast).containsExactly("one", "two");
        assertThat(inWest).containsExactly("one", "two");
        assertThat(loops(bridge, "a->b", "b")).isZero();
    }

    /** A bridge that translates makes new messages, which must not forget where the old ones were. */
    @Test
    void bridgeThatMakesNewMessagesPassesEachMessageOnce() {
        Endpoint a = json("a", east.uri());
        Endpoint b = json("b", west.uri());
        Relay bridge = start(
                Route.from(a)
                        .map(message -> Message.text(message.payload().text() + "!"))
                        .to(b),
                Route.from(b)
                        .split(message -> List.of(Message.text(message.payload().text() + "?")))
                        .to(a));

        sender.send("one");
        sender.send("two");
        await().until(() -> loops(bridge, "b->a", "a") == 2);

        assertThat(inEast).containsExactly("one", "two");
        assertThat(inWest).containsExactly("one!", "two!");
    }

    /** Two bridges between the same two brokers (emqx 4619): each carries every message over, and none carries it back. */
    @Test
    void twoBridgesOfTheSameServersDoNotFeedEachOther() {
        Relay one = bridge();
        Relay other = bridge();

        sender.send("hello");
        await().until(() -> loops(one, "b->a", "a") == 2 && loops(other, "b->a", "a") == 2);

        assertThat(inEast).containsExactly("hello");
        assertThat(inWest).containsExactly("hello", "hello");
    }

    /** A circle of which each relay has one half, so that no plan sees it, in either order of starting (nats-server 5117). */
    @Test
    void circleThroughTwoRelaysIsBrokenInWhicheverOrderTheyStart() {
        for (boolean eastFirst : List.of(true, false)) {
            inEast.clear();
            inWest.clear();
            Route there = Route.from(json("a", east.uri())).to(json("b", west.uri()));
            Route back = Route.from(json("b", west.uri())).to(json("a", east.uri()));
            Relay first = start(eastFirst ? there : back);
            Relay second = start(eastFirst ? back : there);

            sender.send("hello");
            await().until(() -> loops(eastFirst ? second : first, "b->a", "a") == 1);

            assertThat(inEast).containsExactly("hello");
            assertThat(inWest).containsExactly("hello");
            first.close();
            second.close();
        }
    }

    /** A bridge that reconnects is no loop (nats-server 1606). */
    @Test
    void bridgeThatHasLostAndFoundItsServersGoesOn() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(west.port())) {
            List<RelayEvent> events = new CopyOnWriteArrayList<>();
            Endpoint a = json("a", east.uri());
            Endpoint b = json("b", "redis://127.0.0.1:" + proxy.port());
            Relay bridge = Relay.builder()
                    .route(Route.from(a).to(b), Route.from(b).to(a))
                    .events(events::add)
                    .start();
            relays.add(bridge);
            sendAndAwait("before");

            proxy.inject(Fault.REFUSE);
            await().until(() -> events.stream().anyMatch(RelayEvent.LinkLost.class::isInstance));
            proxy.restore();
            await().until(() -> events.stream().anyMatch(RelayEvent.LinkRestored.class::isInstance));
            sendAndAwait("after");

            assertThat(inEast).containsExactly("before", "after");
            assertThat(inWest).containsExactly("before", "after");
        }
    }

    /** One message, two ways, one end: nothing goes round. */
    @Test
    void diamondIsLetThrough() {
        LocalEndpoint start = LocalEndpoint.create("start");
        LocalEndpoint end = LocalEndpoint.create("end");
        List<String> arrived = new CopyOnWriteArrayList<>();
        end.onMessage(message -> arrived.add(message.payload().text()));
        Endpoint left = RedisPubSubEndpoint.builder("left")
                .uri(east.uri())
                .channel("left")
                .build();
        Endpoint right = RedisPubSubEndpoint.builder("right")
                .uri(west.uri())
                .channel("right")
                .build();
        start(
                Route.from(start).to(left, right),
                Route.from(left).to(end),
                Route.from(right).to(end));

        start.send("hello");

        await().until(() -> arrived.equals(List.of("hello", "hello")));
    }

    /** The relay reads what it writes, and gives it to everybody: a chat for any number of servers. */
    @Test
    void chatIsLetThrough() {
        LocalEndpoint people = LocalEndpoint.create("people");
        List<String> heard = new CopyOnWriteArrayList<>();
        people.onMessage(message -> heard.add(message.payload().text()));
        Endpoint bus = json("bus", east.uri());
        start(Route.from(people).to(bus), Route.from(bus).to(people));

        people.send("hello");

        await().until(() -> heard.contains("hello"));
    }
}
