/**
 * WebSocket endpoints: a {@link io.araldo.websocket.WebSocketServer} that browsers connect to.
 *
 * <p>Behind the public types: {@code BoundServer} is all that exists while the port is bound. {@code GrizzlyTransport}
 * gives each connection a chain of filters: {@code Connections} takes the bytes of sessions, Grizzly's codec turns the
 * rest into HTTP, {@code UpgradeFilter} makes sessions of it or hands it to {@code HttpFiles}. A {@code Session} has a way
 * in ({@code SessionReader} and its {@code FrameDecoder}, then {@code ServerLink}; pings, pongs and Close frames go to
 * Tyrus) and a way out: its {@code Cursor} in the {@code BroadcastLog} of its {@code Room}, then {@code SessionWriter}, then
 * {@code GrizzlyWire}. Grizzly and Tyrus are imported by those of these that bear their names, and by the filters.
 *
 * <p>Where there is an {@code Authenticator}, handshakes wait in {@code Reception} while it is asked. {@code Addressing} sends
 * what is for some sessions, which it finds in the link's {@code AddressBook}.
 *
 * <p>In a host's container there are no connections of ours: {@code HostContainer} deploys paths, {@code HostedEndpoint} is what the
 * container calls, {@code HostedServer} exists while one is open, and a {@code Session} is fed by {@code MessageParts} and
 * writes to {@code JakartaWire}. None of these, and nothing that they use, may name Tyrus or Grizzly.
 *
 * <p>Threads, all daemons, for each bound port: {@code araldo-ws-<port>-io-<n>}, one more than there are processors, to
 * one of which each connection belongs (they must never wait); {@code araldo-ws-<port>-timer-1}, for deadlines; {@code
 * araldo-ws-<port>-disk-<n>}, two at most, while files are served; {@code araldo-ws-<port>-writer-<n>}, one for each processor, while there is something
 * to write to many sessions; {@code araldo-ws-<port>-auth-<n>}, eight at most, while the authenticator is asked. To few
 * sessions, lanes write on their own threads.
 */
@NullMarked
package io.araldo.websocket;

import org.jspecify.annotations.NullMarked;
