package io.araldo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback address in front of a server, which fails as it is told to: {@link #inject} a
 * {@link Fault}, {@link #restore} to end it. Its port stays the same through all of that.
 *
 * <p>All methods may be called from any thread. It has one thread of its own, a daemon, which is gone after
 * {@link #close}; it holds at most 640 KiB per connection.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SCRATCH_BYTES = 64 << 10;
    private static final int BACKLOG = 1_024;

    private final SocketAddress target;
    private final HeldPort port;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final AtomicLong accepted = new AtomicLong();

    private volatile boolean closed;
    private volatile Fault fault = Fault.NONE;

    /** Written by the thread. */
    private volatile int open;

    /** Owned by the thread, like all below. */
    private final List<ProxyConnection> connections = new ArrayList<>();

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private @Nullable ServerSocketChannel listener;

    private FaultProxy(SocketAddress target) throws IOException {
        this.target = target;
        this.port = new HeldPort();
        this.selector = Selector.open();
        listen();
        this.thread = new Thread(this::run, "fault-proxy-" + port.port());
        thread.setDaemon(true);
    }

    /** In front of a port of this machine. The target need not be there yet. */
    public static FaultProxy to(int port) {
        return to("127.0.0.1", port);
    }

    /** In front of a port of a host, which is resolved now. */
    public static FaultProxy to(String host, int port) {
        try {
            FaultProxy proxy = new FaultProxy(new InetSocketAddress(host, port));
            proxy.thread.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect to, on 127.0.0.1. */
    public int port() {
        return port.port();
    }

    /**
     * Makes the network fail in this way, instead of what it did before. It does so when this returns, for all
     * connections.
     */
    public void inject(Fault next) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(() -> {
            try {
                apply(next);
                done.complete(null);
            } catch (IOException e) {
                done.completeExceptionally(e);
            }
        });
        selector.wakeup();
        if (closed) {
            throw new IllegalStateException("proxy is closed (expected: open)");
        }
        done.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Makes the network work again. */
    public void restore() {
        inject(Fault.NONE);
    }

    /** What it does now. */
    public Fault fault() {
        return fault;
    }

    /** How many clients are connected now. */
    public int connections() {
        return open;
    }

    /** How many connections were accepted since the beginning, those that were closed at once included. */
    public long accepted() {
        return accepted.get();
    }

    /** Closes all connections and gives the port back; closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector;
                port) {
            while (!closed) {
                select();
                obey();
                work();
            }
            connections.forEach(ProxyConnection::close);
            refuse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void select() throws IOException {
        long now = System.nanoTime();
        long wakeIn = connections.stream()
                .mapToLong(connection -> connection.wakeIn(fault, now))
                .min()
                .orElse(Long.MAX_VALUE);
        if (wakeIn == Long.MAX_VALUE) {
            selector.select();
        } else {
            selector.select(1 + TimeUnit.NANOSECONDS.toMillis(wakeIn));
        }
    }

    private void obey() throws IOException {
        Runnable command;
        while ((command = commands.poll()) != null) {
            command.run();
        }
    }

    private void work() throws IOException {
        accept();
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        connections.forEach(connection -> connection.work(fault, scratch, now));
        forgetClosed();
    }

    private void forgetClosed() {
        connections.removeIf(connection -> !connection.isOpen());
        open = connections.size();
    }

    private void accept() throws IOException {
        ServerSocketChannel accepting = listener;
        SocketChannel client;
        while (accepting != null && (client = accepting.accept()) != null) {
            accepted.incrementAndGet();
            if (!fault.endsConnections()) {
                connections.add(ProxyConnection.begin(client, target, selector));
                open = connections.size();
                continue;
            }
            if (fault.kind() == Fault.Kind.RESET) {
                ProxyConnection.resetOnClose(client);
            }
            ProxyConnection.closeQuietly(client);
        }
    }

    private void apply(Fault next) throws IOException {
        fault = next;
        if (next.kind() == Fault.Kind.REFUSE) {
            refuse();
        } else {
            listen();
        }
        if (next.endsConnections()) {
            connections.forEach(next.kind() == Fault.Kind.RESET ? ProxyConnection::reset : ProxyConnection::close);
        }
        work();
        selector.selectNow();
    }

    private void listen() throws IOException {
        if (listener == null) {
            ServerSocketChannel opened = ServerSocketChannel.open();
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.bind(port.address(), BACKLOG);
            opened.configureBlocking(false);
            opened.register(selector, SelectionKey.OP_ACCEPT);
            listener = opened;
        }
    }

    private void refuse() throws IOException {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }
}
