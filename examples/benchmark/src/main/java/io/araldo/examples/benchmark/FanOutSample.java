package io.araldo.examples.benchmark;

/**
 * One run's figures of one server.
 *
 * @param perSecond deliveries
 * @param cpuMicros CPU time of the server for each delivery
 * @param p50Millis latency of a delivery
 * @param p99Millis the same, of the hundredth
 */
record FanOutSample(
        FanOutRow row, ChatPeer peer, double perSecond, double cpuMicros, double p50Millis, double p99Millis) {}
