package io.araldo.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run: every server in a process of its own, measured in turns. Those that wait need no CPU time meanwhile. */
final class FanOutRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FanOutOptions options;
    private final @Nullable RedisProcess redis;
    private final Map<ChatPeer, ChatProcess> servers = new LinkedHashMap<>();

    /** @param turn by how many the order of the servers is rotated, so that nobody always comes first */
    FanOutRun(FanOutOptions options, @Nullable RedisProcess redis, int turn) {
        this.options = options;
        this.redis = redis;
        List<ChatPeer> peers = new ArrayList<>(options.peers());
        Collections.rotate(peers, -turn);
        try {
            for (ChatPeer peer : peers) {
                servers.put(
                        peer,
                        ChatProcess.start(peer, options.heap(), options.scripts(), redis == null ? null : redis.uri()));
            }
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /**
     * Measures each server.
     *
     * @throws IllegalStateException if a message was lost, repeated or reordered
     */
    List<FanOutSample> measure(FanOutRow row) {
        List<FanOutSample> samples = new ArrayList<>();
        servers.forEach((peer, server) -> {
            try {
                samples.add(measure(row, peer, server));
            } catch (IllegalStateException e) {
                throw new IllegalStateException(peer + ", " + row + ": " + e.getMessage(), e);
            }
        });
        return samples;
    }

    private FanOutSample measure(FanOutRow row, ChatPeer peer, ChatProcess server) {
        try (Load load = load(server, row)) {
            // With this row's own load: what another has warmed up is compiled anew here, and would count as ours.
            load.run(Duration.ofSeconds(options.warmup()));
            Duration before = server.cpu();
            Load.Figures figures = load.run(Duration.ofSeconds(options.seconds()));
            Duration cpu = server.cpu().minus(before);
            FanOutSample sample = new FanOutSample(
                    row,
                    peer,
                    figures.deliveries() / figures.seconds(),
                    cpu.toNanos() / 1e3 / figures.deliveries(),
                    figures.p50Nanos() / 1e6,
                    figures.p99Nanos() / 1e6);
            System.err.println(sample);
            return sample;
        }
    }

    private Load load(ChatProcess server, FanOutRow row) {
        RedisProcess source = row.source() == FanOutRow.Source.REDIS ? redis : null;
        return new Load(server.port(), source == null ? null : source.port(), row, PATIENCE);
    }

    @Override
    public void close() {
        servers.values().forEach(ChatProcess::close);
    }
}
