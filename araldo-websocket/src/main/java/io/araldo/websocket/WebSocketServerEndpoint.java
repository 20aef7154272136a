package io.araldo.websocket;

import io.araldo.Endpoint;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Marshaller;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A path of a {@link WebSocketServer} to which clients connect: immutable. What is sent to it goes to all its sessions,
 * or to those that the message is addressed to: one, by its id, or all of a client or of a group, by an {@link Address},
 * whichever rooms they are in. What its clients send is received, stamped with the session it came from. A client needs no
 * protocol of ours: {@code new WebSocket("ws://host/chat")} is one.
 *
 * <p>Each value of a path such as {@code /room/{room}} is a <em>room</em>: sessions of one room get what is sent to that
 * room. What a client sends bears the value in the header that is named like the variable, whatever it says itself; and
 * what is sent here goes to the room that this header names, to all with {@link #ALL_ROOMS}, and fails without it. A value
 * has 1 to 64 letters, digits, {@code . _ ~ -}; a handshake with another one is answered with 404. A room exists while it
 * has sessions.
 *
 * <p>The session that sent a message does not get it back, unless {@link #withEcho} or by its own id. A message counts as
 * delivered when it is written to the first session that is due, at once when none is; the rest is each session's own
 * affair: see {@link WebSocketServerBuilder#outboundMessages}. One that is addressed is dropped as {@code NO_SUCH_SESSION}
 * if nobody is found by its address.
 */
public final class WebSocketServerEndpoint implements Endpoint {
    /** Whether a session gets its own messages. */
    private enum Echo {
        OFF,
        ON
    }

    /** The value of a room's header that means all rooms. No room has this name. */
    public static final String ALL_ROOMS = "*";

    private final WebSocketServer server;
    private final String name;
    private final PathTemplate path;
    private final Marshaller marshaller;
    private final Echo echo;

    private WebSocketServerEndpoint(
            WebSocketServer server, String name, PathTemplate path, Marshaller marshaller, Echo echo) {
        this.server = server;
        this.name = name;
        this.path = path;
        this.marshaller = marshaller;
        this.echo = echo;
    }

    static WebSocketServerEndpoint of(WebSocketServer server, String name, PathTemplate path) {
        return new WebSocketServerEndpoint(server, name, path, Marshaller.raw(), Echo.OFF);
    }

    /** A copy whose wire looks as the marshaller says; at first {@link Marshaller#raw}. */
    public WebSocketServerEndpoint withMarshaller(Marshaller marshaller) {
        return new WebSocketServerEndpoint(server, name, path, Objects.requireNonNull(marshaller, "marshaller"), echo);
    }

    /** A copy whose sessions get their own messages too, if a route brings them. */
    public WebSocketServerEndpoint withEcho() {
        return new WebSocketServerEndpoint(server, name, path, marshaller, Echo.ON);
    }

    @Override
    public String name() {
        return name;
    }

    /** The path that clients connect to, such as {@code /chat}, or {@code /room/{room}}. */
    public String path() {
        return path.text();
    }

    PathTemplate template() {
        return path;
    }

    @Override
    public Marshaller marshaller() {
        return marshaller;
    }

    /**
     * Whether a session whose messages find no room is not read until there is. On a port of its own the server can do
     * that, in a host's container it cannot: there, routes from here drop the oldest unless they say otherwise.
     */
    @Override
    public boolean canWait() {
        return !server.isHosted();
    }

    WebSocketServer server() {
        return server;
    }

    boolean echoes() {
        return echo == Echo.ON;
    }

    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        ServerLink link = new ServerLink(this, inbox, context, server.options(), server.writers());
        server.attach(link);
        return CompletableFuture.completedFuture(link);
    }

    @Override
    public String toString() {
        return "WebSocketServerEndpoint[" + name + ", " + path.text() + "]";
    }
}
