package io.araldo.websocket;

/**
 * How far a session may be behind the fastest of its path, and what happens to one that is further behind. A value.
 *
 * @param bytes for the fastest itself, what may wait for it of the log
 */
record LogLimits(int messages, long bytes, SlowSession policy) {}
