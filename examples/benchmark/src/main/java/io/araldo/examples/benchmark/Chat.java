package io.araldo.examples.benchmark;

/**
 * A server with a chat on {@link #PATH}: what a client sends goes to all others, as the server's documentation
 * recommends. It is there when it has been made.
 */
interface Chat extends AutoCloseable {
    String PATH = "/chat";

    /** Of Redis. */
    String CHANNEL = "chat";

    /** On the loopback address. */
    int port();

    /** From now on, what is published to {@link #CHANNEL} of this Redis goes to all clients, too. Blocks until it does. */
    void follow(String redisUri);

    @Override
    void close();
}
