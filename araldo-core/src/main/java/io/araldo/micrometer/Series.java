package io.araldo.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

/**
 * A meter that every thing of a kind has: a value.
 *
 * @param name its name
 * @param description what it tells
 * @param type a counter, which only grows, or a gauge
 * @param tags beside those of the thing
 * @param value how to read it
 */
record Series<T>(String name, String description, Type type, Tags tags, ToDoubleFunction<T> value) {
    enum Type {
        COUNTER,
        GAUGE
    }

    /**
     * Registers the meter for one thing. The function holds the row, since Micrometer does not: nobody else might.
     */
    Meter register(MeterRegistry registry, Tags ofThing, Rows.Row<T> row) {
        ToDoubleFunction<Rows.Row<T>> current = weak -> value.applyAsDouble(row.current());
        return switch (type) {
            case COUNTER ->
                FunctionCounter.builder(name, row, current)
                        .description(description)
                        .baseUnit("messages")
                        .tags(ofThing.and(tags))
                        .register(registry);
            case GAUGE ->
                Gauge.builder(name, row, current)
                        .description(description)
                        .tags(ofThing.and(tags))
                        .register(registry);
        };
    }
}
