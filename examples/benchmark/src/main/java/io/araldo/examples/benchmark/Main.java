package io.araldo.examples.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures, and prints a table for each benchmark. Takes the options of JMH, such as {@code hop -p peer=ARALDO}; but
 * {@code -f} is the number of rounds: each measures everyone once, in a process of its own, so that a noisy minute hits
 * all alike.
 */
public final class Main {
    private static final int ROUNDS = 5;

    private Main() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Options given = new CommandLineOptions(arguments);
        int rounds = given.getForkCount().orElse(ROUNDS);
        Options round = new OptionsBuilder()
                .parent(given)
                .mode(Mode.Throughput)
                .forks(1)
                .warmupIterations(given.getWarmupIterations().orElse(3))
                .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
                .measurementIterations(given.getMeasurementIterations().orElse(3))
                .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)))
                .shouldFailOnError(true)
                .verbosity(given.verbosity().orElse(VerboseMode.SILENT))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .jvmArgs(given.getJvmArgs().orElse(List.of("-Xms1g", "-Xmx1g")).toArray(String[]::new))
                .build();
        List<Collection<RunResult>> results = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            System.err.printf("round %d of %d%n", i, rounds);
            results.add(new Runner(round).run());
        }
        Tables.of(results).forEach(System.out::println);
    }
}
