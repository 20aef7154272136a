package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.Message;
import io.araldo.Outcome;
import java.util.List;
import java.util.Map;

/**
 * Sends what is for one session, or for all of a principal or of a group: each gets it by its own queue, whichever room
 * it is in, so that only those who are addressed cost anything. Any thread; nothing waits.
 */
final class Addressing {
    private final WebSocketServerEndpoint endpoint;
    private final SlowSession slowSession;
    private final Map<String, Session> sessions;
    private final AddressBook book;
    private final OutboundBudget budget;
    private final FlushList toFlush;

    /**
     * Of one link.
     *
     * @param sessions by their ids
     * @param book says who else is where
     * @param budget of what waits for sessions
     * @param toFlush is told of rooms that have something to write
     */
    Addressing(
            WebSocketServerEndpoint endpoint,
            SlowSession slowSession,
            Map<String, Session> sessions,
            AddressBook book,
            OutboundBudget budget,
            FlushList toFlush) {
        this.endpoint = endpoint;
        this.slowSession = slowSession;
        this.sessions = sessions;
        this.book = book;
        this.budget = budget;
        this.toFlush = toFlush;
    }

    void send(String address, Message message, Acknowledgement acknowledgement) {
        if (Address.isForMany(address)) {
            sendToMany(book.at(address), message, acknowledgement);
            return;
        }
        Session session = sessions.get(address);
        if (session == null) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NO_SUCH_SESSION));
        } else {
            Frame frame = Frame.message(message.payload());
            send(session, frame, new DirectMessage(acknowledgement, budget.hold(frame, 1)));
        }
    }

    private void sendToMany(List<Session> there, Message message, Acknowledgement acknowledgement) {
        if (there.isEmpty()) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NO_SUCH_SESSION));
            return;
        }
        String sender = endpoint.echoes() ? null : message.origin().session();
        List<Session> due =
                there.stream().filter(session -> !session.id().equals(sender)).toList();
        if (due.isEmpty()) {
            acknowledgement.acknowledge(Outcome.delivered());
            return;
        }
        Frame frame = Frame.message(message.payload());
        Broadcast broadcast = new Broadcast(acknowledgement, due.size());
        DirectMessage each = new DirectMessage(broadcast, budget.hold(frame, due.size()));
        due.forEach(session -> send(session, frame, each));
    }

    private void send(Session session, Frame frame, DirectMessage message) {
        switch (session.room().send(session, frame, message)) {
            case TAKEN -> toFlush.add(session.room());
            case CLOSED -> message.lost(DropReason.NO_SUCH_SESSION);
            case FULL -> {
                message.lost(DropReason.SLOW_SESSION);
                if (slowSession == SlowSession.DISCONNECT) {
                    session.closeSlow();
                }
            }
        }
    }
}
