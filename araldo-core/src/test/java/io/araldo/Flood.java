package io.araldo;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A program with little memory whose source is ten times faster than its target, for messages of a mebibyte; run by
 * {@link FloodTest}. It prints what it has counted, or what is wrong.
 */
final class Flood {
    private static final int BYTES = 1 << 20;
    private static final Duration PACE = Duration.ofMillis(2);
    private static final Duration SLOW = PACE.multipliedBy(10);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private final Overflow policy;
    private final Duration length;
    private final LocalEndpoint slow = LocalEndpoint.create("slow");
    private final AtomicLong sent = new AtomicLong();
    private final Map<Outcome.Kind, AtomicLong> told = new ConcurrentHashMap<>();

    private Flood(Overflow policy, Duration length) {
        this.policy = policy;
        this.length = length;
    }

    public static void main(String[] arguments) throws Exception {
        new Flood(Overflow.valueOf(arguments[0]), Duration.ofSeconds(Long.parseLong(arguments[1]))).run();
    }

    private void run() throws Exception {
        slow.onMessage(message -> LockSupport.parkNanos(SLOW.toNanos()));
        if (policy == Overflow.BLOCK) {
            LocalEndpoint source = LocalEndpoint.create("source");
            flood(source, source::send);
        } else {
            MockEndpoint source = MockEndpoint.create("source");
            flood(source, source::receive);
        }
    }

    private void flood(Endpoint source, Function<Message, CompletionStage<Outcome>> send) throws Exception {
        try (Relay relay = Relay.start(Route.from(source).queue(4_096, policy).to(slow))) {
            long end = System.nanoTime() + length.toNanos();
            while (System.nanoTime() - end < 0) {
                count(send.apply(Message.binary(new byte[BYTES])));
                LockSupport.parkNanos(PACE.toNanos());
            }
            recover(send);
            relay.drain(RECOVERY);
            check(relay.ledger());
        }
    }

    /** Once the flood is over, a message gets through soon. */
    private void recover(Function<Message, CompletionStage<Outcome>> send) throws Exception {
        long end = System.nanoTime() + RECOVERY.toNanos();
        Outcome outcome;
        do {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not recovered within " + RECOVERY);
            }
            outcome = count(send.apply(Message.text("is anybody there?")))
                    .get(RECOVERY.toMillis(), TimeUnit.MILLISECONDS);
        } while (outcome.kind() != Outcome.Kind.DELIVERED);
    }

    private CompletableFuture<Outcome> count(CompletionStage<Outcome> stage) {
        sent.incrementAndGet();
        return stage.toCompletableFuture().thenApply(outcome -> {
            told.computeIfAbsent(outcome.kind(), kind -> new AtomicLong()).incrementAndGet();
            return outcome;
        });
    }

    private long told(Outcome.Kind kind) {
        return told.getOrDefault(kind, new AtomicLong()).get();
    }

    private void check(Ledger ledger) {
        ledger.assertConserved();
        long delivered = ledger.leg("source->slow", "slow").delivered();
        long dropped = ledger.route("source->slow").dropped().getOrDefault(DropReason.OVERFLOW, 0L);
        boolean isExact = sent.get() == delivered + dropped
                && told(Outcome.Kind.DELIVERED) == delivered
                && told(Outcome.Kind.DROPPED) == dropped;
        System.out.println((isExact ? "exact" : "wrong") + ": sent " + sent + ", delivered " + delivered + ", dropped "
                + dropped + ", told " + told);
    }
}
