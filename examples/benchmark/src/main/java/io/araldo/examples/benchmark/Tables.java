package io.araldo.examples.benchmark;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.results.RunResult;

/** All rounds as Markdown: the median, the least and the most of each figure. */
final class Tables {
    private Tables() {}

    /** A table for each benchmark. */
    static List<String> of(Collection<? extends Collection<RunResult>> rounds) {
        return ofSamples(
                rounds.stream().flatMap(Collection::stream).map(Sample::of).toList());
    }

    static List<String> ofSamples(List<Sample> samples) {
        return samples.stream()
                .collect(Collectors.groupingBy(Sample::benchmark, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Tables::table)
                .toList();
    }

    private static String table(List<Sample> samples) {
        Map<String, List<Sample>> bySubject = samples.stream()
                .collect(Collectors.groupingBy(Sample::subject, LinkedHashMap::new, Collectors.toList()));
        double first = median(bySubject.values().iterator().next(), Sample::perSecond);
        StringBuilder table = new StringBuilder("| ")
                .append(samples.get(0).benchmark())
                .append(
                        " | messages/s | first is × as fast | CPU ns/message | bytes/message |\n|---|---|---|---|---|\n");
        bySubject.forEach((subject, own) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %s | %s |%n",
                subject,
                spread(own, Sample::perSecond),
                first / median(own, Sample::perSecond),
                spread(own, Sample::cpuNanos),
                spread(own, Sample::bytes))));
        return table.toString();
    }

    private static String spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = sorted(samples, figure);
        return String.format(
                Locale.ROOT, "%,.0f (%,.0f to %,.0f)", median(samples, figure), sorted[0], sorted[sorted.length - 1]);
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = sorted(samples, figure);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : DoubleStream.of(sorted[middle - 1], sorted[middle]).average().orElseThrow();
    }

    private static double[] sorted(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] values = samples.stream().mapToDouble(figure).toArray();
        Arrays.sort(values);
        return values;
    }
}
