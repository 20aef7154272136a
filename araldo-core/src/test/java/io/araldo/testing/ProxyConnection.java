package io.araldo.testing;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A client, the target, and what moves between them. Owned by the thread of the proxy. */
final class ProxyConnection {
    private final SocketChannel client;
    private final SocketChannel upstream;
    private final SelectionKey clientKey;
    private final SelectionKey upstreamKey;
    private final ProxyPipe requests;
    private final ProxyPipe replies;

    /** Was hit by {@link Fault.Kind#HALF_OPEN}, for good. */
    private boolean dead;

    private ProxyConnection(SocketChannel client, SocketChannel upstream, Selector selector) throws IOException {
        this.client = client;
        this.upstream = upstream;
        this.clientKey = register(client, selector, 0);
        this.upstreamKey = register(upstream, selector, SelectionKey.OP_CONNECT);
        this.requests = new ProxyPipe(client, upstream);
        this.replies = new ProxyPipe(upstream, client);
    }

    private SelectionKey register(SocketChannel channel, Selector selector, int operations) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel.register(selector, operations, this);
    }

    /** Begins to connect to the target. */
    static ProxyConnection begin(SocketChannel client, SocketAddress target, Selector selector) throws IOException {
        SocketChannel upstream = SocketChannel.open();
        ProxyConnection connection = new ProxyConnection(client, upstream, selector);
        try {
            upstream.connect(target);
        } catch (IOException e) {
            connection.close();
        }
        return connection;
    }

    /** Does what can be done now; closes itself when an end is broken or both have said goodbye. */
    void work(Fault fault, ByteBuffer scratch, long now) {
        try {
            if (!isConnected()) {
                return;
            }
            dead |= fault.kind() == Fault.Kind.HALF_OPEN;
            if (dead) {
                drain(fault, scratch);
            } else {
                move(fault, scratch, now);
            }
        } catch (IOException e) {
            close();
        }
    }

    private boolean isConnected() throws IOException {
        return isOpen() && (upstream.isConnected() || upstream.finishConnect());
    }

    private void move(Fault fault, ByteBuffer scratch, long now) throws IOException {
        requests.move(fault, false, scratch, now);
        replies.move(fault, fault.kind() == Fault.Kind.SWALLOW_REPLIES, scratch, now);
        if (requests.isFinished() && replies.isFinished()) {
            close();
        } else {
            listen(clientKey, requests, replies, fault);
            listen(upstreamKey, replies, requests, fault);
        }
    }

    private static void listen(SelectionKey key, ProxyPipe out, ProxyPipe in, Fault fault) {
        key.interestOps(
                (out.wantsToRead(fault) ? SelectionKey.OP_READ : 0) | (in.wantsToWrite() ? SelectionKey.OP_WRITE : 0));
    }

    private void drain(Fault fault, ByteBuffer scratch) throws IOException {
        requests.drain(scratch);
        replies.drain(scratch);
        if ((requests.isEnded() || replies.isEnded()) && fault.kind() != Fault.Kind.HALF_OPEN) {
            close();
        } else {
            clientKey.interestOps(requests.isEnded() ? 0 : SelectionKey.OP_READ);
            upstreamKey.interestOps(replies.isEnded() ? 0 : SelectionKey.OP_READ);
        }
    }

    /** In how many nanoseconds it has something to do, if nothing happens before. */
    long wakeIn(Fault fault, long now) {
        long first = Math.min(due(requests, fault, now), due(replies, fault, now));
        return dead || !upstream.isConnected() ? Long.MAX_VALUE : first;
    }

    /** What a full socket holds back is due when the socket says so. */
    private static long due(ProxyPipe pipe, Fault fault, long now) {
        return pipe.wantsToWrite() ? Long.MAX_VALUE : pipe.wakeIn(fault, now);
    }

    boolean isOpen() {
        return client.isOpen();
    }

    /** Closes both sides; they go when the selector next looks at them. */
    void close() {
        closeQuietly(client);
        closeQuietly(upstream);
    }

    /** As {@link #close}, by RST. */
    void reset() {
        resetOnClose(client);
        resetOnClose(upstream);
        close();
    }

    static void resetOnClose(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}
