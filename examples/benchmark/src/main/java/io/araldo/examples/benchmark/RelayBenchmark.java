package io.araldo.examples.benchmark;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What is measured. An operation is a message that has arrived at all of its targets. */
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class RelayBenchmark {
    /** Messages of one call: so many that waiting for the last ones does not matter. */
    static final int MESSAGES = 64 * Window.STEP;

    /** One message over one hop. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void hop(Hop hop) {
        hop.running.run(MESSAGES);
    }

    /** One message through a filter and a map to three targets. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void fan(Fan fan) {
        fan.running.run(MESSAGES);
    }

    /** One message over one hop of a relay that has other routes. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void beside(Beside beside) {
        beside.running.run(MESSAGES);
    }

    /** For {@link #hop}. */
    @State(Scope.Benchmark)
    public static class Hop {
        @Param
        public Peer peer;

        private Running running;

        @Setup
        public void start() {
            running = Running.hop(peer);
        }

        @TearDown
        public void close() {
            running.close();
        }
    }

    /** For {@link #fan}. */
    @State(Scope.Benchmark)
    public static class Fan {
        @Param
        public Peer peer;

        private Running running;

        @Setup
        public void start() {
            running = Running.fan(peer);
        }

        @TearDown
        public void close() {
            running.close();
        }
    }

    /** For {@link #beside}. */
    @State(Scope.Benchmark)
    public static class Beside {
        @Param({"1", "10", "100", "1000"})
        public int others;

        private Running running;

        @Setup
        public void start() {
            running = Running.beside(others);
        }

        @TearDown
        public void close() {
            running.close();
        }
    }
}
