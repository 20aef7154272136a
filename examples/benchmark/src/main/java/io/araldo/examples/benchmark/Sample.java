package io.araldo.examples.benchmark;

import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;

/**
 * One fork's figures.
 *
 * @param benchmark which benchmark
 * @param subject who was measured
 * @param perSecond messages per second
 * @param cpuNanos CPU time for each message
 * @param bytes allocated for each message
 */
record Sample(String benchmark, String subject, double perSecond, double cpuNanos, double bytes) {
    static Sample of(RunResult run) {
        String method = run.getParams().getBenchmark();
        String subject = run.getParams().getParamsKeys().stream()
                .map(run.getParams()::getParam)
                .collect(Collectors.joining(" "));
        return new Sample(
                method.substring(method.lastIndexOf('.') + 1),
                subject.toLowerCase(Locale.ROOT),
                run.getPrimaryResult().getScore(),
                secondary(run, CpuProfiler.LABEL),
                secondary(run, "gc.alloc.rate.norm"));
    }

    /** Profilers of JMH may begin their labels with a dot that does not show. */
    private static double secondary(RunResult run, String label) {
        return run.getSecondaryResults().values().stream()
                .filter(result -> result.getLabel().endsWith(label))
                .findFirst()
                .map(result -> result.getScore())
                .orElse(Double.NaN);
    }
}
