package io.araldo.examples.benchmark;

/** A system under test, running. */
interface Subject extends AutoCloseable {
    /** The body that everyone moves: 128 characters. */
    String BODY = "0123456789abcdef".repeat(8);

    /** Sends one message, as an application would. Called by one thread. */
    void send();

    @Override
    void close();
}
