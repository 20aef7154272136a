package io.araldo.examples.benchmark;

import java.util.function.Supplier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.MessageChannels;
import org.springframework.integration.dsl.PollerSpec;
import org.springframework.integration.dsl.Pollers;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;

/** Spring Integration: a queue channel, and a poller that empties it. */
final class SpringSubject implements Subject {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final MessageChannel in;

    /** What turns Spring Integration on. */
    @Configuration(proxyBeanMethods = false)
    @EnableIntegration
    static class Integration {}

    private SpringSubject(Supplier<IntegrationFlow> flow) {
        context.register(Integration.class);
        context.registerBean("flow", IntegrationFlow.class, flow);
        context.refresh();
        in = context.getBean("in", MessageChannel.class);
    }

    /** Each poll waits for the first message and then takes all there are. */
    private static PollerSpec poller() {
        return Pollers.fixedDelay(1).maxMessagesPerPoll(-1);
    }

    static Subject hop(Window window) {
        Window.Target target = window.target(0);
        return new SpringSubject(() -> IntegrationFlow.from(MessageChannels.queue("in", 4_096))
                .handle(message -> target.arrived(), handler -> handler.poller(poller()))
                .get());
    }

    static Subject fan(Window window) {
        return new SpringSubject(() -> IntegrationFlow.from(MessageChannels.queue("in", 4_096))
                .filter(String.class, body -> body.length() < 1_000, filter -> filter.poller(poller()))
                .transform(String.class, body -> BODY)
                .publishSubscribeChannel(channel -> {
                    for (int i = 0; i < Peer.TARGETS; i++) {
                        Window.Target target = window.target(i);
                        channel.subscribe(flow -> flow.handle(message -> target.arrived()));
                    }
                })
                .get());
    }

    @Override
    public void send() {
        in.send(new GenericMessage<>(BODY));
    }

    @Override
    public void close() {
        context.close();
    }
}
