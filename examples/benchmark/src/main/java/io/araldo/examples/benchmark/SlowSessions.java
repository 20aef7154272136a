package io.araldo.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what subscribers that do not keep up do to the others of a chat, and prints a table: runs without them, with ten
 * that never read, and with ten that read 4 KiB every 100 ms take turns. Takes the number of runs of each kind; at first 5.
 *
 * <p>It fails if a subscriber that never reads is still connected after the run; if a slow one is not, gets a message twice or in
 * another order, or counts other gaps than the server's ledger; and if another misses anything.
 */
public final class SlowSessions {
    private static final FanOutRow ROW = FanOutRow.webSocket(100, 10_000, 64);
    private static final int LAGGARDS = 10;
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /** More than the stall time-out: those that never read have been ended by then. */
    private static final Duration TIME = Duration.ofSeconds(14);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HEAP = "512m";

    /** Who is there beside those that keep up. */
    enum Kind {
        NONE("nobody"),
        STUCK(LAGGARDS + " that never read"),
        SLOW(LAGGARDS + " that read 4 KiB every 100 ms");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final FanOutRow row;
    private final Duration stallTimeout;
    private final Duration warmUp;
    private final Duration time;

    /**
     * @param row what those that keep up receive
     * @param stallTimeout after which the server ends those that never read; in whole seconds
     * @param warmUp without laggards, before each run
     * @param time of each run
     */
    SlowSessions(FanOutRow row, Duration stallTimeout, Duration warmUp, Duration time) {
        this.row = row;
        this.stallTimeout = stallTimeout;
        this.warmUp = warmUp;
        this.time = time;
    }

    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        SlowSessions sessions = new SlowSessions(ROW, STALL_TIMEOUT, WARM_UP, TIME);
        List<SlowSessionsSample> samples = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            System.err.printf("run %d of %d%n", i, runs);
            for (Kind kind : Kind.values()) {
                SlowSessionsSample sample = sessions.measure(kind);
                System.err.println(sample);
                samples.add(sample);
            }
        }
        System.out.println(SlowSessionsTable.of(samples));
    }

    /** Starts a server, and measures how long messages take to the others beside laggards of this kind. */
    SlowSessionsSample measure(Kind kind) {
        try (ChatProcess server = ChatProcess.start(SlowSessionsServer.class, HEAP, "" + stallTimeout.toSeconds());
                Load load = new Load(server.port(), null, row, PATIENCE)) {
            load.run(warmUp);
            return switch (kind) {
                case NONE -> sample(kind, load.run(time), server, List.of());
                case STUCK -> besideStuck(server, load);
                case SLOW -> besideSlow(server, load);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SlowSessionsSample besideStuck(ChatProcess server, Load load) throws IOException {
        List<StuckSubscriber> stuck = new ArrayList<>();
        for (int i = 0; i < LAGGARDS; i++) {
            stuck.add(new StuckSubscriber(Connect.webSocket(server.port())));
        }
        try (Laggards laggards = new Laggards(stuck)) {
            Load.Figures figures = load.run(time);
            laggards.stop();
            List<Double> ended =
                    stuck.stream().map(StuckSubscriber::endedAfterSeconds).toList();
            return sample(Kind.STUCK, figures, server, ended);
        }
    }

    private SlowSessionsSample besideSlow(ChatProcess server, Load load) throws IOException {
        List<SlowSubscriber> slow = new ArrayList<>();
        for (int i = 0; i < LAGGARDS; i++) {
            slow.add(new SlowSubscriber(Connect.webSocket(server.port()), row.bytes()));
        }
        try (Laggards laggards = new Laggards(slow)) {
            Load.Figures figures = load.run(time);
            laggards.stop();
            for (SlowSubscriber subscriber : slow) {
                subscriber.catchUp(load.published() - 1);
            }
            SlowSessionsSample sample = sample(Kind.SLOW, figures, server, List.of());
            long counted = slow.stream().mapToLong(SlowSubscriber::skipped).sum();
            if (counted != sample.skipped()) {
                throw new IllegalStateException("slow subscribers miss " + counted + " messages, and the server has "
                        + "counted " + sample.skipped());
            }
            return sample;
        }
    }

    private static SlowSessionsSample sample(
            Kind kind, Load.Figures figures, ChatProcess server, List<Double> endedAfterSeconds) {
        double peakBytes = server.peakBytes();
        return new SlowSessionsSample(
                kind,
                figures.p50Nanos() / 1e6,
                figures.p99Nanos() / 1e6,
                peakBytes / 1e6,
                Long.parseLong(server.end()),
                endedAfterSeconds);
    }
}
