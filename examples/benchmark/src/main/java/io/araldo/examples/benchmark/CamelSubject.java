package io.araldo.examples.benchmark;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Apache Camel: {@code direct:} stays on the sender's thread, {@code seda:} has a queue and a thread behind it. */
final class CamelSubject implements Subject {
    static final String DIRECT = "direct:in";
    static final String SEDA = "seda:in?blockWhenFull=true&size=4096";

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final Endpoint in;

    private CamelSubject(String from, RouteBuilder routes) {
        try {
            context.addRoutes(routes);
        } catch (Exception e) {
            throw new IllegalStateException("camel refused the routes", e);
        }
        context.start();
        template = context.createProducerTemplate();
        in = context.getEndpoint(from);
    }

    static Subject hop(String from, Window window) {
        return new CamelSubject(from, new RouteBuilder() {
            @Override
            public void configure() {
                from(from).process(exchange -> window.target(0).arrived());
            }
        });
    }

    static Subject fan(String from, Window window) {
        return new CamelSubject(from, new RouteBuilder() {
            @Override
            public void configure() {
                from(from)
                        .filter(exchange ->
                                exchange.getMessage().getBody(String.class).length() < 1_000)
                        .transform()
                        .body(String.class, body -> BODY)
                        .multicast()
                        .to("direct:0", "direct:1", "direct:2");
                for (int i = 0; i < Peer.TARGETS; i++) {
                    Window.Target target = window.target(i);
                    from("direct:" + i).process(exchange -> target.arrived());
                }
            }
        });
    }

    @Override
    public void send() {
        template.sendBody(in, BODY);
    }

    @Override
    public void close() {
        context.stop();
    }
}
