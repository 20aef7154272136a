package io.araldo.websocket;

import io.araldo.Acknowledgement;
import io.araldo.DropReason;
import io.araldo.EndpointException;
import io.araldo.Health;
import io.araldo.Inbox;
import io.araldo.Ledger;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Message;
import io.araldo.Origin;
import io.araldo.Outcome;
import io.araldo.Payload;
import io.araldo.RelayEvent.MessagesDropped;
import io.araldo.RelayEvent.SessionClosed;
import io.araldo.RelayEvent.SessionOpened;
import io.araldo.Strain;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The live side of a {@link WebSocketServerEndpoint}: the sessions of one path. */
final class ServerLink implements Link {
    /** Sessions are gone after their second of grace; if one is not, the port is released all the same. */
    private static final long CLOSE_MILLIS = 1_500;

    private final WebSocketServerEndpoint endpoint;
    private final Inbox inbox;
    private final LinkContext context;
    private final ServerOptions options;
    private final Instant opened;
    private final OutboundBudget budget;
    private final Strain slow;
    private final Strain exhausted;

    private final Rooms rooms;

    private final FlushList toFlush = new FlushList();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AddressBook book = new AddressBook();
    private final Addressing addressing;

    private final SessionTally tally = new SessionTally();

    /** Refusals of the budget that were seen; of the timer's thread. */
    private long refusals;

    private volatile boolean closing;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** Set once, before the link is handed out. */
    private volatile URI address = URI.create("ws:unbound");

    /**
     * A link without sessions.
     *
     * @param writers writes to sessions, where there are many
     */
    ServerLink(
            WebSocketServerEndpoint endpoint,
            Inbox inbox,
            LinkContext context,
            ServerOptions options,
            Writers writers) {
        this.endpoint = endpoint;
        this.inbox = inbox;
        this.context = context;
        this.options = options;
        this.opened = context.clock().instant();
        this.budget = writers.budget();
        this.refusals = budget.refusals();
        this.slow = Strain.of(context.clock(), "sessions that are too slow miss messages: see slowSession");
        this.exhausted = Strain.of(
                context.clock(), "outboundTotalBytes is used up: " + options.outboundTotalBytes() + " bytes wait");
        this.addressing = new Addressing(endpoint, options.slowSession(), sessions, book, budget, toFlush);
        this.rooms = new Rooms(room -> new Room(room, new BroadcastLog(options.logLimits(), budget), writers, tally));
    }

    String name() {
        return endpoint.name();
    }

    PathTemplate path() {
        return endpoint.template();
    }

    String relay() {
        return context.relay();
    }

    ServerOptions options() {
        return options;
    }

    Origin originOf(String session, @Nullable String principal) {
        return context.origin(session, principal);
    }

    Instant now() {
        return context.clock().instant();
    }

    /** Whether it takes no further sessions. */
    boolean isClosing() {
        return closing;
    }

    /** The room for a client that is about to open a session. */
    Room enter(String room) {
        return rooms.enter(room);
    }

    /** How many rooms there are at this moment. */
    int roomCount() {
        return rooms.all().size();
    }

    Collection<Session> sessions() {
        return sessions.values();
    }

    /** Who is found under which address. */
    AddressBook book() {
        return book;
    }

    void listensAt(URI address) {
        this.address = address;
    }

    // ---- sending

    @Override
    public void send(Message message, Acknowledgement acknowledgement) {
        if (closing) {
            acknowledgement.acknowledge(Outcome.dropped(DropReason.NOT_WRITABLE));
            return;
        }
        String addressee = message.address().orElse(null);
        if (addressee == null) {
            sendToRoom(message, acknowledgement);
        } else {
            addressing.send(addressee, message, acknowledgement);
        }
    }

    private void send(Room room, Message message, Frame frame, Acknowledgement acknowledgement) {
        String sender = endpoint.echoes() ? null : message.origin().session();
        Session excluded = sender == null ? null : sessions.get(sender);
        room.send(frame, excluded == null ? null : excluded.cursor(), acknowledgement);
        toFlush.add(room);
    }

    /** To the room that the message names, or to {@link WebSocketServerEndpoint#ALL_ROOMS}. */
    private void sendToRoom(Message message, Acknowledgement acknowledgement) {
        String variable = path().variable();
        String name = variable == null
                ? PathTemplate.NO_VALUE
                : message.header(variable).orElse(null);
        if (name == null) {
            acknowledgement.acknowledge(Outcome.failed(new EndpointException("endpoint '" + name() + "' has a room for"
                    + " each value of " + path().text() + ", and the message has no header '" + variable
                    + "' (expected: a step such as map(message -> message.withHeader(\"" + variable + "\", …)); '"
                    + WebSocketServerEndpoint.ALL_ROOMS + "' is all of them)")));
            return;
        }
        if (name.equals(WebSocketServerEndpoint.ALL_ROOMS)) {
            sendToAllRooms(message, acknowledgement);
            return;
        }
        Room room = rooms.find(name);
        if (room == null) {
            acknowledgement.acknowledge(Outcome.delivered());
        } else {
            send(room, message, Frame.message(message.payload()), acknowledgement);
        }
    }

    private void sendToAllRooms(Message message, Acknowledgement acknowledgement) {
        List<Room> all = List.copyOf(rooms.all());
        if (all.isEmpty()) {
            acknowledgement.acknowledge(Outcome.delivered());
            return;
        }
        Frame frame = Frame.message(message.payload());
        Broadcast broadcast = new Broadcast(acknowledgement, all.size());
        all.forEach(room -> send(room, message, frame, broadcast));
    }

    @Override
    public void flush() {
        toFlush.flush();
    }

    // ---- sessions

    /** A client is there; from here on it gets what is sent. */
    void opened(Session session) {
        book.enter(session, session.initialGroups());
        sessions.put(session.id(), session);
        session.room().enter(session);
        context.raise(new SessionOpened(name(), session.id(), session.origin().principal(), session.remoteAddress()));
        if (closing) {
            session.close(CloseCode.GOING_AWAY);
        }
    }

    /** Takes what a client sent together. */
    void batch(Runnable read) {
        inbox.batch(read);
    }

    /** A client sent a message. */
    CompletableFuture<Void> received(Session session, Payload payload) {
        Message message = Message.of(payload).withOrigin(session.origin());
        String variable = path().variable();
        return inbox.received(
                variable == null
                        ? message
                        : message.withHeader(variable, session.room().name()),
                Acknowledgement.ignored());
    }

    /** A session gives back its place in its room, once, whether it has opened or not. */
    void leave(Session session) {
        rooms.leave(session);
    }

    /** A client that was there is gone. */
    void ended(Session session, CloseCode code) {
        session.room().leave(session);
        book.leave(session);
        sessions.remove(session.id()); // Last: who is no longer counted has left nothing behind.
        context.raise(new SessionClosed(name(), session.id(), code.code(), code.reason()));
        if (closing && sessions.isEmpty()) {
            finish();
        }
    }

    /** Once in a while, by the timer's thread. */
    void checkPace(long now) {
        sessions.values().forEach(session -> session.checkPace(now, options.stallTimeout()));
        rooms.all().forEach(Room::tidy);
        reportMissed();
        long known = refusals;
        refusals = budget.refusals();
        if (refusals != known) {
            exhausted.shows();
        }
    }

    private void reportMissed() {
        long count = tally.takeMissed();
        if (count > 0) {
            slow.shows();
            context.raise(new MessagesDropped(name(), DropReason.SLOW_SESSION, count));
        }
    }

    // ---- the link itself

    @Override
    public URI address() {
        return address;
    }

    @Override
    public Health health() {
        return closing ? Health.down(now(), "closed") : Health.of(opened, slow, exhausted);
    }

    @Override
    public Optional<Ledger.SessionCount> sessionCount() {
        return Optional.of(tally.count());
    }

    @Override
    public CompletableFuture<Void> close() {
        if (!closing) {
            closing = true;
            sessions.values().forEach(session -> session.close(CloseCode.GOING_AWAY));
            if (sessions.isEmpty()) {
                finish();
            } else {
                Future<?> deadline = context.timer().schedule(this::finish, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
                finished.whenComplete((nothing, error) -> deadline.cancel(false));
            }
        }
        return closed.copy();
    }

    private void finish() {
        if (finished.complete(null)) {
            reportMissed();
            endpoint.server().detach(this).whenComplete((nothing, error) -> closed.complete(null));
        }
    }
}
