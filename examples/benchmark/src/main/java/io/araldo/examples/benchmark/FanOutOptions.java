package io.araldo.examples.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FanOut} takes, as {@code name=value}.
 *
 * @param runs of everything
 * @param seconds of each measurement
 * @param warmup of each server before each measurement, with the same load, in seconds
 * @param heap of each server, such as {@code 512m}
 * @param peers who is measured
 * @param rows what is measured, in this order; the chart shows the first
 * @param scripts the folder of the peers that are not in Java, where npm has installed what they need
 * @param chart the file that is written
 */
record FanOutOptions(
        int runs,
        int seconds,
        int warmup,
        String heap,
        List<ChatPeer> peers,
        List<FanOutRow> rows,
        Path scripts,
        @Nullable Path chart) {
    private static final String EXPECTED =
            "runs=5 seconds=10 warmup=20 heap=512m peers=araldo,vertx,undertow,jetty,tyrus"
                    + " rows=main,matrix scripts=examples/benchmark/src/main/js chart=docs/fan-out.svg";
    private static final int DESCRIPTORS_BESIDE = 500;
    private static final long MATRIX_BYTES = 64 << 20;

    /** @throws IllegalArgumentException that names the first mistake */
    static FanOutOptions parse(String... arguments) {
        FanOutOptions options = new FanOutOptions(
                5, 10, 20, "512m", ChatPeer.inJava(), main(), Path.of("examples/benchmark/src/main/js"), null);
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    private FanOutOptions with(String argument) {
        int equals = argument.indexOf('=');
        String value = argument.substring(equals + 1);
        return switch (argument.substring(0, Math.max(0, equals))) {
            case "runs" -> with(count(argument, value), seconds, warmup);
            case "seconds" -> with(runs, count(argument, value), warmup);
            case "warmup" -> with(runs, seconds, count(argument, value));
            case "heap" -> new FanOutOptions(runs, seconds, warmup, value, peers, rows, scripts, chart);
            case "peers" -> new FanOutOptions(runs, seconds, warmup, heap, peers(value), rows, scripts, chart);
            case "rows" -> new FanOutOptions(runs, seconds, warmup, heap, peers, rows(value), scripts, chart);
            case "scripts" -> new FanOutOptions(runs, seconds, warmup, heap, peers, rows, Path.of(value), chart);
            case "chart" -> new FanOutOptions(runs, seconds, warmup, heap, peers, rows, scripts, Path.of(value));
            default -> throw new IllegalArgumentException(argument + " (expected: " + EXPECTED + ")");
        };
    }

    private FanOutOptions with(int runs, int seconds, int warmup) {
        return new FanOutOptions(runs, seconds, warmup, heap, peers, rows, scripts, chart);
    }

    private static int count(String argument, String value) {
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(argument + " (expected: 1 or more)");
        }
        return Integer.parseInt(value);
    }

    private static List<ChatPeer> peers(String value) {
        return Arrays.stream(value.split(",")).map(ChatPeer::of).toList();
    }

    private static List<FanOutRow> rows(String value) {
        return Arrays.stream(value.split(","))
                .flatMap(name -> switch (name) {
                    case "main" -> main().stream();
                    case "matrix" -> matrix();
                    default -> Stream.of(FanOutRow.parse(name));
                })
                .toList();
    }

    private static List<FanOutRow> main() {
        FanOutRow decisive = FanOutRow.webSocket(100, 128, 64);
        return List.of(
                decisive,
                decisive.atRate(FanOutRow.HALF),
                FanOutRow.webSocket(100, 128, 1),
                FanOutRow.webSocket(1, 128, 256),
                FanOutRow.webSocket(1, 128, 1),
                FanOutRow.redis(100, 128, 64));
    }

    /** Sizes and numbers of subscribers, as many as this process may have files open. */
    private static Stream<FanOutRow> matrix() {
        return Stream.of(28, 1_024, 16_384)
                .flatMap(bytes -> Stream.of(1, 10, 100, 1_000, 5_000)
                        .filter(subscribers -> subscribers + DESCRIPTORS_BESIDE <= descriptors())
                        .map(subscribers -> matrixRow(subscribers, bytes)));
    }

    /** The window is less than 64 where a server that has a copy for each subscriber would run out of memory. */
    private static FanOutRow matrixRow(int subscribers, int bytes) {
        long window = MATRIX_BYTES / ((long) subscribers * bytes);
        return FanOutRow.webSocket(subscribers, bytes, (int) Math.max(1, Math.min(64, window)));
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : 1_500;
    }
}
