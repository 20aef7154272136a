package io.araldo.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A port of the loopback address that stays ours while nobody listens on it: a socket is bound to it and never listens,
 * so connects are refused, and nobody else is given the port meanwhile. Linux lets a server that sets SO_REUSEADDR
 * listen on it all the same; on other systems the port is free after it was chosen, and could be taken.
 */
final class HeldPort implements AutoCloseable {
    private static final boolean CAN_HOLD = System.getProperty("os.name").startsWith("Linux");

    private final Socket holder = new Socket();
    private final int port;

    /** Holds a port that was free. */
    HeldPort() throws IOException {
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(loopback(), 0));
        port = holder.getLocalPort();
        if (!CAN_HOLD) {
            holder.close();
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    }

    int port() {
        return port;
    }

    SocketAddress address() throws IOException {
        return new InetSocketAddress(loopback(), port);
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
