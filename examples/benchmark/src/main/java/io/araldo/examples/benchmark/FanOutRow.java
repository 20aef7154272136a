package io.araldo.examples.benchmark;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is measured: one publisher, so many subscribers.
 *
 * @param source where the publisher publishes
 * @param bytes of each message
 * @param window how many messages there may be at most that not all subscribers have
 * @param perSecond how many messages are sent, whatever has become of those before; 0: as many as the window allows;
 *     {@link #HALF}: half of what the slowest sustained in the row before
 */
record FanOutRow(Source source, int subscribers, int bytes, int window, double perSecond) {
    /** So many that it is the rate which limits; what is late counts from when it was due. */
    private static final int OPEN_WINDOW = 1 << 16;

    /** The rate is not known before the row before is measured. */
    static final double HALF = -1;

    private static final String EXPECTED =
            "100x128x64 for 100 subscribers, 128 bytes, window 64; 100x128@500 for 500 messages/s;"
                    + " redis:100x128x64 for what comes from Redis; at least " + Stamp.BYTES + " bytes";
    private static final Pattern TEXT =
            Pattern.compile("(redis:)?([1-9]\\d{0,4})x([1-9]\\d{0,6})(?:x([1-9]\\d{0,4})|@([1-9]\\d{0,6}))");

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

    /** @throws IllegalArgumentException that says what is expected */
    static FanOutRow parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) < Stamp.BYTES) {
            throw new IllegalArgumentException(text + " (expected: " + EXPECTED + ")");
        }
        FanOutRow row = new FanOutRow(
                matcher.group(1) == null ? Source.WEBSOCKET : Source.REDIS,
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? OPEN_WINDOW : Integer.parseInt(matcher.group(4)),
                0);
        return matcher.group(5) == null ? row : row.atRate(Integer.parseInt(matcher.group(5)));
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
