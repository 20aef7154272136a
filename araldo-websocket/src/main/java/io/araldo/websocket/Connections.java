package io.araldo.websocket;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.jspecify.annotations.Nullable;

/**
 * The filter beneath the HTTP codec, which sees the bytes of every connection: it hands those of a session to the
 * session, past HTTP, and suspends reading while the session has no room; it holds all others to their deadlines.
 */
final class Connections extends BaseFilter {
    private static final Attribute<Session> SESSION = attribute("session");
    private static final Attribute<Arrival> ARRIVAL = attribute("arrival");

    private final int maxArrivals;
    private final Set<Arrival> arrivals = ConcurrentHashMap.newKeySet();

    /** More connections than this that are no sessions are cut at once. */
    Connections(int maxArrivals) {
        this.maxArrivals = maxArrivals;
    }

    private static <T> Attribute<T> attribute(String name) {
        return Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(Connections.class.getName() + "." + name);
    }

    /** Makes the connection that of a session: from here on its bytes are frames. */
    void becomes(Connection<?> connection, Session session) {
        SESSION.set(connection, session);
        forget(connection);
    }

    /** The arrival that a request came with. */
    @Nullable
    Arrival arrivalOf(Connection<?> connection) {
        return ARRIVAL.get(connection);
    }

    /** Ends what is overdue. */
    void checkDeadlines(long now) {
        arrivals.forEach(arrival -> arrival.check(now));
    }

    @Override
    public NextAction handleAccept(FilterChainContext ctx) throws IOException {
        Connection<?> connection = ctx.getConnection();
        if (arrivals.size() >= maxArrivals) {
            connection.terminateSilently();
            return ctx.getStopAction();
        }
        Arrival arrival = new Arrival(connection::terminateSilently);
        ARRIVAL.set(connection, arrival);
        arrivals.add(arrival);
        return ctx.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) throws IOException {
        Session session = SESSION.get(ctx.getConnection());
        if (session != null) {
            return read(session, ctx.getMessage(), ctx);
        }
        Arrival arrival = arrivalOf(ctx.getConnection());
        if (arrival != null) {
            arrival.received();
        }
        return ctx.getInvokeAction();
    }

    /** Lets the session read, and suspends reading if it has no room for more. */
    static NextAction read(Session session, Buffer buffer, FilterChainContext ctx) {
        Optional<CompletableFuture<Void>> room = session.read(buffer.toByteBuffer());
        buffer.tryDispose();
        return room.map(until -> suspend(session, until, ctx)).orElseGet(ctx::getStopAction);
    }

    /** Grizzly turns off the read interest until the context is resumed, on the connection's own thread. */
    private static NextAction suspend(Session session, CompletableFuture<Void> room, FilterChainContext ctx) {
        NextAction suspended = ctx.getSuspendAction();
        ctx.suspend();
        pause(session, room, ctx);
        return suspended;
    }

    private static void pause(Session session, CompletableFuture<Void> room, FilterChainContext ctx) {
        session.pause(room, () -> ctx.getConnection().executeInEventThread(IOEvent.READ, () -> readOn(session, ctx)));
    }

    private static void readOn(Session session, FilterChainContext ctx) {
        if (ctx.getConnection().isOpen()) {
            session.readOn().ifPresentOrElse(room -> pause(session, room, ctx), () -> ctx.resume(ctx.getStopAction()));
        }
    }

    @Override
    public NextAction handleClose(FilterChainContext ctx) throws IOException {
        Connection<?> connection = ctx.getConnection();
        forget(connection);
        Session session = SESSION.remove(connection);
        if (session != null) {
            session.connectionEnded();
        }
        return ctx.getInvokeAction();
    }

    private void forget(Connection<?> connection) {
        Arrival arrival = ARRIVAL.remove(connection);
        if (arrival != null) {
            arrivals.remove(arrival);
        }
    }
}
