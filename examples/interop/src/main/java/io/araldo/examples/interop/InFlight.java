package io.araldo.examples.interop;

import io.araldo.Acknowledgement;
import io.araldo.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.jspecify.annotations.Nullable;

// region in-flight
/**
 * The messages that the client has, and has not answered yet: a bounded number of them. Needed beside the client's own
 * books, which do not bound what waits to be written, and forget to answer some of it when the connection ends.
 */
final class InFlight {
    private final Semaphore room;
    private final Set<Sent> unanswered = ConcurrentHashMap.newKeySet();

    InFlight(int max) {
        this.room = new Semaphore(max);
    }

    /** A place for one more message; {@code null} if there is none. */
    @Nullable
    Sent begin(Acknowledgement acknowledgement) {
        if (!room.tryAcquire()) {
            return null;
        }
        Sent sent = new Sent(acknowledgement);
        unanswered.add(sent);
        return sent;
    }

    /** No answer will come any more. */
    void giveUp() {
        unanswered.forEach(sent -> sent.answer(Outcome.unknown()));
    }

    /** A message, and what the client calls when it knows what became of it. Any thread; the first answer counts. */
    final class Sent implements IMqttActionListener {
        private final Acknowledgement acknowledgement;

        private Sent(Acknowledgement acknowledgement) {
            this.acknowledgement = acknowledgement;
        }

        void answer(Outcome outcome) {
            if (unanswered.remove(this)) {
                room.release();
                acknowledgement.acknowledge(outcome);
            }
        }

        @Override
        public void onSuccess(IMqttToken token) {
            answer(Outcome.delivered());
        }

        /** The connection ended first: MQTT 3.1.1 has no way to refuse a message. */
        @Override
        public void onFailure(IMqttToken token, Throwable error) {
            answer(Outcome.unknown());
        }
    }
}
// endregion
