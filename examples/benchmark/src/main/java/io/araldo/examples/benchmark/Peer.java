package io.araldo.examples.benchmark;

/** Those that are compared. */
public enum Peer {
    ARALDO,
    CAMEL_DIRECT,
    CAMEL_SEDA,
    SPRING_QUEUE,
    VERTX;

    /** How many targets a message has after a filter and a map. */
    static final int TARGETS = 3;

    /** From one to one. */
    Subject hop(Window window) {
        return switch (this) {
            case ARALDO -> AraldoSubject.hop(window);
            case CAMEL_DIRECT -> CamelSubject.hop(CamelSubject.DIRECT, window);
            case CAMEL_SEDA -> CamelSubject.hop(CamelSubject.SEDA, window);
            case SPRING_QUEUE -> SpringSubject.hop(window);
            case VERTX -> VertxSubject.hop(window);
        };
    }

    /** From one through a filter, which keeps all, and a map to {@link #TARGETS}. */
    Subject fan(Window window) {
        return switch (this) {
            case ARALDO -> AraldoSubject.fan(window);
            case CAMEL_DIRECT -> CamelSubject.fan(CamelSubject.DIRECT, window);
            case CAMEL_SEDA -> CamelSubject.fan(CamelSubject.SEDA, window);
            case SPRING_QUEUE -> SpringSubject.fan(window);
            case VERTX -> VertxSubject.fan(window);
        };
    }

    /** Whether messages change the thread on their way. */
    boolean isQueued() {
        return this != CAMEL_DIRECT;
    }
}
