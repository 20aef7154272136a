package io.araldo.examples.benchmark;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** All runs as Markdown: the median, the least and the most of each figure. */
final class FanOutTable {
    private FanOutTable() {}

    /** A table for each row. */
    static List<String> of(Collection<FanOutSample> samples) {
        return samples.stream()
                .collect(Collectors.groupingBy(FanOutSample::row, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(FanOutTable::table)
                .toList();
    }

    private static String table(List<FanOutSample> samples) {
        Map<ChatPeer, List<FanOutSample>> byPeer = byPeer(samples);
        double fastest = byPeer.entrySet().stream()
                .filter(entry -> entry.getKey().isJava() && entry.getKey() != ChatPeer.ARALDO)
                .mapToDouble(entry -> perSecond(entry.getValue()).median())
                .max()
                .orElse(Double.NaN);
        StringBuilder table = new StringBuilder("| ")
                .append(samples.get(0).row())
                .append(" | deliveries/s | × the fastest other on the JVM | CPU µs/delivery | p50 ms | p99 ms |\n")
                .append("|---|---|---|---|---|---|\n");
        byPeer.forEach((peer, own) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %s | %s | %s |%n",
                peer,
                shown("%,.0f", perSecond(own)),
                perSecond(own).median() / fastest,
                shown("%.2f", Spread.of(own, FanOutSample::cpuMicros)),
                shown("%.2f", Spread.of(own, FanOutSample::p50Millis)),
                shown("%.2f", Spread.of(own, FanOutSample::p99Millis)))));
        return table.toString();
    }

    /** In the order of the peers, whoever came first in a run. */
    static Map<ChatPeer, List<FanOutSample>> byPeer(Collection<FanOutSample> samples) {
        return samples.stream()
                .collect(Collectors.groupingBy(
                        FanOutSample::peer, () -> new EnumMap<>(ChatPeer.class), Collectors.toList()));
    }

    static Spread perSecond(List<FanOutSample> samples) {
        return Spread.of(samples, FanOutSample::perSecond);
    }

    private static String shown(String format, Spread spread) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                spread.median(),
                spread.least(),
                spread.most());
    }
}
