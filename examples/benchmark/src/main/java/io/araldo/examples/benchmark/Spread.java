package io.araldo.examples.benchmark;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The median of some runs, the least and the most. */
record Spread(double median, double least, double most) {
    static <T> Spread of(Collection<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
