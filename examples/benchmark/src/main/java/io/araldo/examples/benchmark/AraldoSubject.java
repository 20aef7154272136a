package io.araldo.examples.benchmark;

import io.araldo.LocalEndpoint;
import io.araldo.Message;
import io.araldo.Payload;
import io.araldo.Relay;
import io.araldo.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Araldo, with nothing but defaults. */
final class AraldoSubject implements Subject {
    private static final Payload PAYLOAD = Payload.text(BODY);
    private static final Payload MAPPED = Payload.text(BODY + "!");

    private final LocalEndpoint in;
    private final Relay relay;

    private AraldoSubject(LocalEndpoint in, List<Route> routes) {
        this.in = in;
        this.relay = Relay.start(routes.toArray(Route[]::new));
    }

    static Subject hop(Window window) {
        return hopBeside(0, window);
    }

    /** One hop, in a relay that has so many other routes, from other sources to other targets. */
    static Subject hopBeside(int others, Window window) {
        LocalEndpoint in = LocalEndpoint.create("in");
        List<Route> routes = new ArrayList<>();
        routes.add(Route.from(in).to(target(0, window)));
        IntStream.range(0, others)
                .mapToObj(i -> Route.from(LocalEndpoint.create("from-" + i)).to(LocalEndpoint.create("to-" + i)))
                .forEach(routes::add);
        return new AraldoSubject(in, routes);
    }

    static Subject fan(Window window) {
        LocalEndpoint in = LocalEndpoint.create("in");
        Route route = Route.from(in)
                .filter(message -> message.payload().size() < 1_000)
                .map(message -> message.withPayload(MAPPED))
                .to(target(0, window), target(1, window), target(2, window));
        return new AraldoSubject(in, List.of(route));
    }

    private static LocalEndpoint target(int index, Window window) {
        Window.Target target = window.target(index);
        LocalEndpoint out = LocalEndpoint.create("out-" + index);
        out.onMessage(message -> target.arrived());
        return out;
    }

    @Override
    public void send() {
        in.send(Message.of(PAYLOAD));
    }

    @Override
    public void close() {
        relay.close();
    }
}
