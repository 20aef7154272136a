package io.araldo.examples.benchmark;

import java.io.IOException;

/** A subscriber of a chat that does not keep up. Used by one thread at a time. */
interface Laggard extends AutoCloseable {
    /** Does what little it does; called ten times a second. */
    void turn() throws IOException;

    @Override
    void close() throws IOException;
}
