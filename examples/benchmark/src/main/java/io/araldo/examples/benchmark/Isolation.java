package io.araldo.examples.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a target that reads nothing does to the other routes of its relay, and prints a table: runs with it and
 * without it take turns. Takes the number of runs of each kind, and how many seconds one lasts; at first 5 and 10.
 */
public final class Isolation {
    private static final int WARM_UP_SECONDS = 4;

    private Isolation() {}

    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        measure(false, WARM_UP_SECONDS);
        measure(true, WARM_UP_SECONDS);
        List<long[]> without = new ArrayList<>();
        List<long[]> with = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            System.err.printf("run %d of %d%n", i, runs);
            without.add(measure(false, seconds));
            with.add(measure(true, seconds));
        }
        System.out.println(table(without, with));
    }

    /** The latencies in nanoseconds, in order. */
    static long[] measure(boolean isStuck, int seconds) {
        try (IsolationRun run = new IsolationRun(isStuck)) {
            run.run(WARM_UP_SECONDS);
            run.checkStuck();
            long[] nanos = run.run(seconds);
            run.checkStuck();
            Arrays.sort(nanos);
            return nanos;
        }
    }

    /** Markdown: a line for each run, and one for the medians. */
    static String table(List<long[]> without, List<long[]> with) {
        StringBuilder table = new StringBuilder("""
                | run | p50 without, µs | p50 with, µs | p99 without, µs | p99 with, µs | p99, × |
                |---|---|---|---|---|---|
                """);
        for (int i = 0; i < without.size(); i++) {
            append(table, "" + (i + 1), List.of(without.get(i)), List.of(with.get(i)));
        }
        append(table, "median", without, with);
        return table.toString();
    }

    private static void append(StringBuilder table, String name, List<long[]> without, List<long[]> with) {
        double p99Without = micros(without, 0.99);
        double p99With = micros(with, 0.99);
        table.append(String.format(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f | %,.0f | %.2f |%n",
                name,
                micros(without, 0.5),
                micros(with, 0.5),
                p99Without,
                p99With,
                p99With / p99Without));
    }

    /** The median of the runs' quantiles. */
    private static double micros(List<long[]> runs, double quantile) {
        long[] quantiles = runs.stream()
                .mapToLong(nanos -> nanos[(int) Math.ceil(quantile * nanos.length) - 1])
                .sorted()
                .toArray();
        return quantiles[quantiles.length / 2] / 1e3;
    }
}
