package io.araldo;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What the lanes of one relay share. */
record LaneContext(
        Executor executor,
        LaneTimer timer,
        InstantSource clock,
        Reports reports,
        Function<Endpoint, SupervisedLink> links) {}
