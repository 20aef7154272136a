package io.araldo.examples.benchmark;

import java.util.Locale;

/**
 * What is measured: one publisher, so many subscribers.
 *
 * @param source where the publisher publishes
 * @param bytes of each message
 * @param window how many messages there may be at most that not all subscribers have
 * @param perSecond how many messages are sent, whatever has become of those before; 0: as many as the window allows
 */
record FanOutRow(Source source, int subscribers, int bytes, int window, double perSecond) {
    /** So many that it is the rate which limits; what is late counts from when it was due. */
    private static final int OPEN_WINDOW = 1 << 16;

    enum Source {
        WEBSOCKET,
        REDIS
    }

    static FanOutRow webSocket(int subscribers, int bytes, int window) {
        return new FanOutRow(Source.WEBSOCKET, subscribers, bytes, window, 0);
    }

    static FanOutRow redis(int subscribers, int bytes, int window) {
        return new FanOutRow(Source.REDIS, subscribers, bytes, window, 0);
    }

    FanOutRow atRate(double messagesPerSecond) {
        return new FanOutRow(source, subscribers, bytes, OPEN_WINDOW, messagesPerSecond);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s → %,d, %,d bytes, %s",
                source == Source.REDIS ? "Redis" : "1",
                subscribers,
                bytes,
                perSecond > 0
                        ? String.format(Locale.ROOT, "%,.0f messages/s", perSecond)
                        : String.format(Locale.ROOT, "window %,d", window));
    }
}
