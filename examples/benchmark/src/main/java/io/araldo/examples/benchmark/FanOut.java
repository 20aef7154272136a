package io.araldo.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures what it takes to bring a message to many WebSocket clients, by Araldo and by others in the same run, and prints
 * tables. Takes {@link FanOutOptions}. A run in which a message was lost, repeated or reordered ends the program.
 */
public final class FanOut {
    private final FanOutOptions options;
    private final @Nullable RedisProcess redis;
    private final List<FanOutSample> samples = new ArrayList<>();

    /** The same in all runs: half of what the slowest sustained in the first. 0 until it has been measured. */
    private double messagesPerSecond;

    private FanOut(FanOutOptions options, @Nullable RedisProcess redis) {
        this.options = options;
        this.redis = redis;
    }

    public static void main(String[] arguments) throws IOException {
        FanOutOptions options;
        try {
            options = FanOutOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        try (RedisProcess redis = RedisProcess.start().orElse(null)) {
            FanOut fanOut = new FanOut(options, redis);
            try {
                for (int i = 0; i < options.runs(); i++) {
                    System.err.printf("run %d of %d%n", i + 1, options.runs());
                    fanOut.run(i);
                }
            } finally {
                fanOut.report(); // Of what there is, if a run failed.
            }
        }
    }

    private void run(int turn) {
        try (FanOutRun run = new FanOutRun(options, redis, turn)) {
            List<FanOutSample> before = List.of();
            for (FanOutRow row : options.rows()) {
                if (row.source() == FanOutRow.Source.REDIS && redis == null) {
                    continue;
                }
                before = run.measure(row.perSecond() == FanOutRow.HALF ? row.atRate(messagesPerSecond(before)) : row);
                samples.addAll(before);
            }
        }
    }

    private double messagesPerSecond(List<FanOutSample> before) {
        if (messagesPerSecond == 0) {
            messagesPerSecond = halfOfTheSlowest(before);
        }
        return messagesPerSecond;
    }

    private static double halfOfTheSlowest(List<FanOutSample> samples) {
        return samples.stream()
                .mapToDouble(sample -> sample.perSecond() / sample.row().subscribers() / 2)
                .min()
                .orElseThrow();
    }

    private void report() throws IOException {
        FanOutTable.of(samples).forEach(System.out::println);
        if (redis == null) {
            System.out.println("No row from Redis: this machine has no redis-server.");
        }
        Path chart = options.chart();
        if (chart != null) {
            Files.writeString(chart, chart(options.rows().get(0)));
        }
    }

    private String chart(FanOutRow row) {
        Map<String, Spread> bars = new LinkedHashMap<>();
        FanOutTable.byPeer(samples.stream()
                        .filter(sample -> sample.row().equals(row))
                        .toList())
                .forEach((peer, own) -> bars.put(peer.toString(), FanOutTable.perSecond(own)));
        return Chart.of("Fan-out: one publisher, " + row.subscribers() + " subscribers", "deliveries/s", bars);
    }
}
