package io.araldo.examples.benchmark;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.util.concurrent.TimeUnit;

/** The event bus of Vert.x: consumers in a verticle, which has an event loop for its thread. */
final class VertxSubject implements Subject {
    private final Vertx vertx = Vertx.vertx();
    private final EventBus bus = vertx.eventBus();

    private VertxSubject(VerticleBase verticle) {
        await(vertx.deployVerticle(verticle));
    }

    static Subject hop(Window window) {
        Window.Target target = window.target(0);
        return new VertxSubject(new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.eventBus()
                        .<String>localConsumer("in", message -> target.arrived())
                        .completion();
            }
        });
    }

    static Subject fan(Window window) {
        return new VertxSubject(new VerticleBase() {
            @Override
            public Future<?> start() {
                EventBus bus = vertx.eventBus();
                for (int i = 0; i < Peer.TARGETS; i++) {
                    Window.Target target = window.target(i);
                    bus.<String>localConsumer("out", message -> target.arrived());
                }
                return bus.<String>localConsumer("in", message -> {
                            if (message.body().length() < 1_000) {
                                bus.publish("out", BODY);
                            }
                        })
                        .completion();
            }
        });
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void send() {
        bus.send("in", BODY);
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
