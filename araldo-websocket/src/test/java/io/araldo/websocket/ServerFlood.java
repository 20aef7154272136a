package io.araldo.websocket;

import io.araldo.Ledger;
import io.araldo.Overflow;
import io.araldo.Relay;
import io.araldo.Route;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A program with little memory whose server gets messages of the largest size from one client, ten times faster than
 * another reads what is made of them, while a third does not read at all; run by {@link ServerFloodTest}. It prints what
 * it has counted, or what is wrong.
 */
final class ServerFlood {
    private static final byte[] LARGEST = RawClient.frame(0x82, new byte[1 << 20]);
    private static final String PROBE = "is anybody there?";
    private static final Duration PACE = Duration.ofMillis(2);
    private static final Duration SLOW = PACE.multipliedBy(10);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private final Overflow policy;
    private final Duration length;
    private final WebSocketServer server =
            WebSocketServer.builder().slowSession(SlowSession.DROP_OLDEST).build();
    private final WebSocketServerEndpoint in = server.endpoint("in", "/in");
    private final WebSocketServerEndpoint out = server.endpoint("out", "/out");
    private final CompletableFuture<Void> recovered = new CompletableFuture<>();
    private final AtomicLong read = new AtomicLong();
    private long sent;

    private ServerFlood(Overflow policy, Duration length) {
        this.policy = policy;
        this.length = length;
    }

    public static void main(String[] arguments) throws Exception {
        new ServerFlood(Overflow.valueOf(arguments[0]), Duration.ofSeconds(Long.parseLong(arguments[1]))).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Route route = Route.from(in)
                .name("flood")
                .queue(4_096, policy)
                .queueBytes(4 << 20)
                .to(out);
        try (Relay relay = Relay.start(route);
                RawClient flooding = RawClient.open(server.port());
                RawClient stuck = RawClient.open(server.port(), 4_096);
                RawClient slow = RawClient.open(server.port(), 4_096)) {
            stuck.handshake("/out");
            until("connected", () -> server.sessionCount() == 1);
            slow.handshake("/out");
            until("connected", () -> server.sessionCount() == 2);
            flooding.handshake("/in");
            ClientSession reading = server.sessions().stream()
                    .filter(session -> session.remoteAddress().endsWith(":" + slow.localPort()))
                    .findFirst()
                    .orElseThrow();
            Thread reader = new Thread(() -> read(slow), "flood-reader");
            reader.start();
            flood(flooding);
            until("received", () -> relay.ledger().route("flood").received() == sent);
            relay.drain(RECOVERY);
            reader.join();
            check(relay.ledger(), reading.count());
        }
    }

    private void flood(RawClient client) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() - end < 0) {
            client.write(LARGEST);
            sent++;
            LockSupport.parkNanos(PACE.toNanos());
        }
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (!recovered.isDone() && System.nanoTime() - deadline < 0) {
            client.send(PROBE);
            sent++;
            LockSupport.parkNanos(SLOW.toNanos());
        }
        recovered.get(0, TimeUnit.SECONDS);
    }

    /** Once the flood is over a message gets through, and reading is quick again. */
    private void read(RawClient client) {
        try {
            for (RawClient.Received next = client.read(); next.opcode() != 8; next = client.read()) {
                if (next.opcode() == 9) {
                    client.write(RawClient.frame(0x8a, new byte[0]));
                    continue;
                }
                read.incrementAndGet();
                if (next.opcode() == 1) {
                    recovered.complete(null);
                }
                if (!recovered.isDone()) {
                    LockSupport.parkNanos(SLOW.toNanos());
                }
            }
        } catch (EOFException e) {
            // The end, without a Close frame.
        } catch (IOException e) {
            recovered.completeExceptionally(e);
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not " + what + " within " + RECOVERY);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void check(Ledger ledger, Ledger.SessionCount reading) {
        ledger.assertConserved();
        Ledger.RouteCount route = ledger.route("flood");
        Ledger.LegCount leg = ledger.leg("flood", "out");
        long dropped = sum(route.dropped()) + sum(leg.dropped());
        boolean isExact = sent == leg.delivered() + dropped
                && read.get() == reading.written()
                && reading.offered() == leg.delivered()
                && reading.pending() == 0
                && ledger.sessions("out").pending() == 0;
        System.out.println((isExact ? "exact" : "wrong") + ": sent " + sent + ", delivered " + leg.delivered()
                + ", dropped " + dropped + ", read " + read + ", " + reading + " of " + ledger);
    }

    private static long sum(java.util.Map<io.araldo.DropReason, Long> dropped) {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
