package io.araldo.examples.benchmark;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** All runs as Markdown: medians, and of the ends the first and the last. */
final class SlowSessionsTable {
    private SlowSessionsTable() {}

    /** @param samples of each kind there is, at least one without laggards */
    static String of(Collection<SlowSessionsSample> samples) {
        Map<SlowSessions.Kind, List<SlowSessionsSample>> byKind = samples.stream()
                .collect(Collectors.groupingBy(
                        SlowSessionsSample::kind, () -> new EnumMap<>(SlowSessions.Kind.class), Collectors.toList()));
        double alone =
                median(Objects.requireNonNull(byKind.get(SlowSessions.Kind.NONE)), SlowSessionsSample::p99Millis);
        StringBuilder table = new StringBuilder("""
                | beside | p50 ms | p99 ms | p99, × | ended after s | skipped | peak MB |
                |---|---|---|---|---|---|---|
                """);
        byKind.forEach((kind, own) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %s | %,.0f | %.0f |%n",
                kind,
                median(own, SlowSessionsSample::p50Millis),
                median(own, SlowSessionsSample::p99Millis),
                median(own, SlowSessionsSample::p99Millis) / alone,
                ends(own),
                median(own, SlowSessionsSample::skipped),
                median(own, SlowSessionsSample::peakMegabytes))));
        return table.toString();
    }

    private static double median(List<SlowSessionsSample> samples, ToDoubleFunction<SlowSessionsSample> figure) {
        return Spread.of(samples, figure).median();
    }

    private static String ends(List<SlowSessionsSample> samples) {
        DoubleSummaryStatistics ends = samples.stream()
                .flatMap(sample -> sample.endedAfterSeconds().stream())
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return ends.getCount() == 0 ? "" : String.format(Locale.ROOT, "%.1f to %.1f", ends.getMin(), ends.getMax());
    }
}
