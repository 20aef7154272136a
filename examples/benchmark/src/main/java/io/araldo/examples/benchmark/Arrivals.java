package io.araldo.examples.benchmark;

import java.nio.ByteBuffer;

/** Whom a {@link FrameReader} tells what has come. */
interface Arrivals {
    /** A message with this number and time in its stamp. */
    void message(long number, long nanos);

    /** The answer to a ping, a frame to be sent; taken from the buffer before this returns. */
    void pong(ByteBuffer frame);
}
