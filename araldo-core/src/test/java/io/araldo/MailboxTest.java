package io.araldo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What meets without a lock. */
class MailboxTest {
    private static final int ROUNDS = 100_000;

    private final Route route =
            Route.from(LocalEndpoint.create("in")).queue(8, Overflow.BLOCK).to(LocalEndpoint.create("out"));

    private final Mailbox mailbox = new Mailbox(route, new Drops(), null);

    /** What the other thread is to finish next. */
    private final AtomicReference<Delivery> onItsWay = new AtomicReference<>();

    @Test
    void whoeverWaitsForTheLastMessageDoesNotMissItsEnd() throws Exception {
        Thread finisher = new Thread(this::finishAll);
        finisher.setDaemon(true);
        finisher.start();

        for (int i = 0; i < ROUNDS; i++) {
            onItsWay.set(drained(mailbox));
            spin(i % 64);
            CompletableFuture<Void> dry = mailbox.dry();
            dry.get(10, TimeUnit.SECONDS);
        }

        finisher.join();
        assertThat(mailbox.dry()).isCompleted();
    }

    @Test
    void whatWasFinishedMeanwhileIsFreeForASession() {
        Mailbox large = new Mailbox(
                Route.from(LocalEndpoint.create("in"))
                        .queue(100, Overflow.BLOCK)
                        .to(LocalEndpoint.create("out")),
                new Drops(),
                null);
        for (int i = 0; i < 97; i++) {
            large.finish(drained(large));
        }
        Message message = Message.text("m").withOrigin(new Origin("relay", "in", "session", null));

        large.offer(new Delivery(message, Acknowledgement.ignored()));
        Mailbox.Offer second = large.offer(new Delivery(message, Acknowledgement.ignored()));

        assertThat(second.ready()).isCompleted();
    }

    private void finishAll() {
        for (int i = 0; i < ROUNDS; i++) {
            Delivery delivery = onItsWay.getAndSet(null);
            while (delivery == null) {
                Thread.onSpinWait();
                delivery = onItsWay.getAndSet(null);
            }
            mailbox.finish(delivery);
        }
    }

    /** So that the two meet at each place once. */
    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    /** A message that is on its way. */
    private static Delivery drained(Mailbox mailbox) {
        mailbox.offer(new Delivery(Message.text("m"), Acknowledgement.ignored()));
        Delivery[] batch = new Delivery[1];
        mailbox.drain(batch, new long[1], 1);
        return batch[0];
    }
}
